using System.Runtime.CompilerServices;
using Signalbox.Effects;

namespace Signalbox.Tests;

/// <summary>The settings with every key in them, which the payload checks also hold to the schema for editors.</summary>
public class ValidFiles
{
    [Fact]
    public void The_fullest_settings_are_read_without_a_word()
    {
        var read = SettingsReader.Read(Fullest());
        Assert.Empty(read.Problems);
        Assert.Equal(Chats.All.Select(chat => chat.Name).Order(), read.Settings!.Rooms.Select(room => room.Chat).Distinct().Order());
    }

    [Fact]
    public void They_leave_out_no_key_of_any_chat()
    {
        var rooms = Fullest()["rooms"]!.Members.Select(room => room.Value).ToList();
        Assert.Empty(from chat in Chats.All from key in chat.Keys where !rooms.Any(room => room[chat.Name]?[key.Name] is not null) select $"{chat.Name}.{key.Name}");
        Assert.Empty(from chat in Chats.All
                     from key in chat.Keys
                     where key.Default is not null && Fullest()["defaults"]![chat.Name]?[key.Name] is null
                     select $"defaults.{chat.Name}.{key.Name}");
    }

    private static Tree Fullest([CallerFilePath] string here = "") =>
        Yaml.Read(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Valid", "fullest.yaml"))).Tree!;
}

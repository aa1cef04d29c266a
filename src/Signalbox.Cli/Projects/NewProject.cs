using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Signalbox.Cli.Projects;

/// <summary>What a new project is to be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Region">The region; null for what the shell says.</param>
/// <param name="Profile">The profile; null for what the shell says.</param>
/// <param name="Rooms">Rooms of Slack, each with the reference to its webhook; none for the function's log.</param>
/// <param name="Topics">Topics that tell it.</param>
/// <param name="Rules">Sources of EventBridge that tell it.</param>
/// <param name="Queue">The queue that events wait in; null for none.</param>
internal sealed record NewProject(
    string Name, string? Region, string? Profile, ValueList<Fact> Rooms, ValueList<string> Topics, ValueList<string> Rules, string? Queue)
{
    /// <summary>Its files, by path.</summary>
    public IReadOnlyList<Fact> Files =>
        [new("project.json", Project()), new("functions/signalbox/function.json", Function()), new("functions/signalbox/signalbox.yaml", Settings())];

    /// <summary>Variables that the function must be given, since its settings refer to them.</summary>
    public IEnumerable<string> Variables =>
        from room in Rooms where room.Value.StartsWith("env:", StringComparison.Ordinal) select room.Value[4..];

    private string Project() => Written(json =>
    {
        json.WriteString("name", Name);
        json.WriteString("description", "Operations events for people in chat rooms");
        if (Region is not null) json.WriteString("region", Region);
        if (Profile is not null) json.WriteString("profile", Profile);
    });

    private string Function() => Written(json =>
    {
        json.WriteString("description", "Tells people in the right chat room what happened in AWS");
        json.WriteNumber("memory", 128);
        json.WriteNumber("timeout", 9);
        if (Queue is not null) Texts(json, "queues", [Queue]);
        if (Topics.Count > 0) Texts(json, "topics", Topics);
        if (Rules.Count > 0) Texts(json, "rules", Rules);
    });

    /// <summary>JSON in quotes is YAML too: names and references need no escaping of their own.</summary>
    private string Settings()
    {
        var text = new StringBuilder("# Who hears what: signalbox check tries it, signalbox explain EVENT shows why.\nrooms:\n");
        foreach (var (name, reference) in Rooms) text.Append($"  {name}: {{ slack: {{ webhook: \"{reference}\" }} }}\n");
        if (Rooms.Count is 0) text.Append("  alerts: local # the log of the function\n");
        return text.ToString();
    }

    private static void Texts(Utf8JsonWriter json, string name, ValueList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string Written(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}

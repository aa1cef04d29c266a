using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Signalbox.Tests;

/// <summary>The core is pure by construction; these tests read its metadata and its files to keep it so.</summary>
public class HouseRules
{
    private static readonly Assembly Core = typeof(Pipeline).Assembly;
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    /// <summary>The order of the flow: a folder may use the folders before it, never one after it. What lies in none is for all.</summary>
    private static readonly string[] Flow = ["Json", "Decode", "Sources", "When", "Own", "Route", "Converse", "Render", "Settings", "Deliver"];

    private static readonly string[] Impure =
    [
        "System.IO.", "System.Net.", "System.Threading.", "System.Diagnostics.Process", "System.Environment", "System.Console", "System.Random",
        "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.Security.Cryptography.RandomNumberGenerator", "System.TimeZoneInfo",
    ];

    [Fact]
    public void The_core_refers_to_nothing_impure() =>
        Assert.DoesNotContain(ReferredTypes(), type => Impure.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal)) && type is not "System.IO.Stream");

    [Fact]
    public void The_core_refers_to_no_package() =>
        Assert.All(Core.GetReferencedAssemblies(), assembly => Assert.StartsWith("System", assembly.Name, StringComparison.Ordinal));

    [Fact]
    public void Every_field_in_the_core_is_read_only() => Assert.Empty(
        from type in Core.GetTypes()
        where !type.IsEnum && !type.IsByRefLike && !IsGenerated(type)
        from field in type.GetFields(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where !field.IsInitOnly && !field.IsLiteral
        select $"{type.FullName}.{field.Name}");

    [Fact]
    public void Every_case_of_a_closed_record_is_sealed_and_nested_in_it() => Assert.Empty(
        from type in Core.GetTypes()
        where type.BaseType is { IsAbstract: true, Assembly: var assembly } && assembly == Core && !type.IsAbstract
        where !type.IsSealed || type.DeclaringType != type.BaseType
        select type.FullName);

    [Fact]
    public void A_step_of_the_flow_uses_no_later_step()
    {
        var folders = Flow.ToDictionary(folder => folder, folder => Directory.GetFiles(Path.Combine(Source, "Signalbox", folder), "*.cs"));
        var owners = new Dictionary<string, int>();
        for (var place = 0; place < Flow.Length; place++)
        {
            foreach (var type in folders[Flow[place]].SelectMany(TypesIn)) owners.TryAdd(type, place);
        }
        var wrong = new List<string>();
        for (var place = 0; place < Flow.Length; place++)
        {
            foreach (var file in folders[Flow[place]])
            {
                var code = string.Join('\n', File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
                code = Regex.Replace(code, @"'(?:[^'\\]|\\.)'", "' '");
                code = Regex.Replace(code, "\"(?:[^\"\\\\]|\\\\.)*\"", "\"\"");
                wrong.AddRange(from owner in owners
                               where owner.Value > place && Regex.IsMatch(code, $@"(?<![.\w]){owner.Key}(?=[.<>;\[?) ])(?! =>| =[^=]| \{{)|new {owner.Key}\(")
                               select $"{Flow[place]}/{Path.GetFileName(file)} uses {Flow[owner.Value]}/{owner.Key}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Files_stay_short()
    {
        var files = Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).ToList();
        var lines = files.Select(file => File.ReadLines(file).Count()).Order().ToList();
        Assert.All(files, file => Assert.InRange(File.ReadLines(file).Count(), 1, 400));
        Assert.Empty(from file in files from line in File.ReadLines(file).Select((text, at) => (text, at)) where line.text.Length > 160 select $"{file}:{line.at + 1}");
        Assert.InRange(lines[lines.Count * 9 / 10], 1, 200);
        Assert.InRange(lines[lines.Count / 2], 1, 75);
    }

    [Fact]
    public void No_folder_or_type_has_a_name_that_says_nothing() => Assert.DoesNotContain(
        Directory.EnumerateFileSystemEntries(Source, "*", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension),
        name => Regex.IsMatch(name!, "^(Common|Models|Services|Core|Infrastructure)$|(Manager|Helpers?|Utils?|Service|Base)$"));

    [Fact]
    public void No_file_names_a_machine_or_leaves_a_plan() => Assert.All(
        Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories),
        file => Assert.DoesNotMatch("TODO|FIXME|HACK|NotImplementedException|/home/|/root/", File.ReadAllText(file)));

    [Fact]
    public void Rows_have_names_of_their_own()
    {
        Assert.Equal(Sources.All.Count, Sources.All.Select(source => source.Name).Distinct().Count());
        Assert.Equal(Chats.All.Count, Chats.All.Select(chat => chat.Name).Distinct().Count());
        Assert.All(Sources.All, source => Assert.NotEmpty(source.Keys));
        var keys = Sources.All.SelectMany(source => source.Keys).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    private static IEnumerable<string> TypesIn(string file) =>
        from type in Regex.Matches(File.ReadAllText(file), @"^(?:public|internal) (?:[a-z]+ )*(?:class|struct|record struct|record|enum|delegate \S+) (\w+)", RegexOptions.Multiline)
        select type.Groups[1].Value;

    private static bool IsGenerated(Type type) =>
        type.Name.Contains('<') || type.IsDefined(typeof(CompilerGeneratedAttribute)) || (type.DeclaringType is { } outer && IsGenerated(outer))
        || type.FullName!.StartsWith("System.", StringComparison.Ordinal) || type.FullName.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static IEnumerable<string> ReferredTypes()
    {
        using var file = new PEReader(File.OpenRead(Core.Location));
        var metadata = file.GetMetadataReader();
        return [.. from handle in metadata.TypeReferences
                   let type = metadata.GetTypeReference(handle)
                   select $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}"];
    }
}

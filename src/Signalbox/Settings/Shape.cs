using System.Text.Json;

namespace Signalbox;

/// <summary>What may stand at one place of the settings: the check, the words of the docs and the schema in one value.</summary>
/// <param name="Type">What it is, in a few words: "a number", "one of info, warning".</param>
/// <param name="Check">Reports everything that is wrong with what stands there.</param>
/// <param name="Schema">Writes the members of its JSON Schema, inside an object that is open.</param>
internal sealed record Shape(string Type, Action<Tree, Findings> Check, Action<Utf8JsonWriter> Schema);

/// <summary>One row of the table of keys.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Shape">What its value may be.</param>
/// <param name="About">What it does: one sentence for docs and editors.</param>
/// <param name="Default">What holds without it, in words; null for nothing.</param>
internal sealed record Setting(string Name, Shape Shape, string About, string? Default = null)
{
    /// <summary>True when nothing works without it.</summary>
    public bool Required { get; init; }
}

/// <summary>A map with fixed names: a heading in the docs and its keys.</summary>
/// <param name="Title">What it is, as an error says it: "a room".</param>
/// <param name="Path">Where it stands, as the docs say it: <c>rooms.NAME</c>.</param>
/// <param name="Keys">Its rows.</param>
internal sealed record Section(string Title, string Path, ValueList<Setting> Keys)
{
    /// <summary>What is wrong with its keys taken together.</summary>
    public Action<Tree, Findings> Together { get; init; } = (_, _) => { };

    /// <summary>How it is written, in a sentence, for whoever wrote something else altogether; null when that is plain.</summary>
    public string? Example { get; init; }

    /// <summary>Where a key that it does not have belongs, in a sentence; null when nobody knows.</summary>
    public Func<string, string?> Advice { get; init; } = _ => null;
}

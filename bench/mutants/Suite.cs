using System.Reflection;

namespace Signalbox.Bench.Mutants;

/// <summary>Which tests judge: all that hold the core and can be called in one process, without servers and without waiting.</summary>
internal static class Suite
{
    private static readonly (string Tests, string[] Classes)[] Parts =
    [
        ("Signalbox.Tests", []),
        ("Signalbox.Settings.Tests", []),
        ("Signalbox.Cli.Tests", ["Timelines", "Telling", "TellingOneRoom", "Checking"]),
        ("Signalbox.Effects.Tests", ["ConversationTests", "OnceTests", "RunTests", "SlackConversationTests", "SnsEchoTests", "ZoneTests"]),
        ("Signalbox.Engine.Tests", ["Couriers", "Examples", "Laws", "Order", "Storms", "Turns", "WhatPeopleAskFor"]),
    ];

    /// <summary>Loads the mutated core of that folder with these tests, as they were built below the repository.</summary>
    public static MutatedCore Load(string folder, string repository) => new(
        Path.Combine(folder, "Signalbox.dll"),
        Parts.Select(part => Path.Combine(repository, "artifacts", "dotnet", "bin", part.Tests, "debug")));

    public static IEnumerable<Assembly> Assemblies(MutatedCore core) => Parts.Select(part => core.Tests(part.Tests));

    public static IEnumerable<Case> Cases(MutatedCore core) => Parts.SelectMany(part => Case.In(core.Tests(part.Tests), part.Classes));
}

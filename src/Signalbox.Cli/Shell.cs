using Signalbox.Aws.Cloud;
using Signalbox.Effects;

namespace Signalbox.Cli;

/// <summary>What the tool has around it: a test gives it texts instead of a terminal.</summary>
internal sealed record Shell
{
    /// <summary>Where results go.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where complaints go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens what is piped in.</summary>
    public required Func<Stream> In { get; init; }

    /// <summary>True when a person types at the other end of <see cref="In"/>.</summary>
    public bool AsksPerson { get; init; }

    /// <summary>Asks the person for something that nobody may see; the words are those before it.</summary>
    public Func<string, string> AskHidden { get; init; } = _ => "";

    /// <summary>Bytes to where results go; null where only text can go there.</summary>
    public Func<Stream>? OutBytes { get; init; }

    /// <summary>True when <see cref="Out"/> and <see cref="Error"/> are those of this process, so that a command which it starts may have them.</summary>
    public bool IsConsole { get; init; }

    /// <summary>Asks the person for a line; the words are those before it. Null at the end of what is typed.</summary>
    public Func<string, string?> Ask { get; init; } = _ => null;

    /// <summary>Topics of SNS that there are, by region and profile, for whoever sets up a project; null where AWS is not asked.</summary>
    public Func<string?, string?, Task<ValueList<string>>>? FindTopics { get; init; }

    /// <summary>Columns of the terminal that results go to; null when they are piped or written to a file.</summary>
    public int? Columns { get; init; }

    /// <summary>An environment variable; null when it is not set.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The folder that relative paths start from.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder that the tool lies in.</summary>
    public required string Beside { get; init; }

    /// <summary>Opens the world to deliver to: settings, and what shows the posts of local rooms.</summary>
    public required Func<Settings, Show, World> Open { get; init; }

    /// <summary>What calls to AWS need of the world.</summary>
    public Func<CloudWorld> Cloud { get; init; } = () =>
        new() { Send = (_, _, _) => Task.FromResult<Answer>(new Answer.Missing("there is no network", false)) };

    /// <summary>Asked for where something may be stopped between two steps: what Ctrl-C stops.</summary>
    public Func<CancellationToken> Stop { get; init; } = () => CancellationToken.None;

    /// <summary>The whole path of a path as it was typed.</summary>
    public string Full(string path) => Path.GetFullPath(path, Folder);
}

/// <summary>How the tool ends.</summary>
internal static class Exit
{
    public const int Fine = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NoInput = 66;

    /// <summary>What help says about them.</summary>
    public const string About = """
        Exit codes:
          0   all is well
          1   something failed: a delivery, a test, a package that cannot be made
          2   wrong usage, or settings that do not load
          66  a file cannot be read
        """;
}

namespace Signalbox;

/// <summary>Nested stacks belong to the conversation of the stack that people started.</summary>
/// <remarks>
/// Two things tell a nested stack: its parent's event about it, which carries its id, and its name, which CloudFormation makes of the parent's name, the
/// logical id and a random ending: <c>PARENT-LogicalId-1ABCDEFGHIJKL</c>. The second is needed because the nested stack's own first event mostly comes first.
/// </remarks>
public static class Nesting
{
    private const string Prefix = "stack/";

    /// <summary>The keys of the memos that say whose a notice is.</summary>
    public static ValueList<string> Keys(Notice notice)
    {
        if (notice is not { Source: "cloudformation", Kind: "stack" or "resource", Arn: { } arn }) return [];
        return ParentOf(notice.Subject) is { } parent ? [Prefix + arn, KeyOf(notice, parent)] : [Prefix + arn];
    }

    /// <summary>The notice as a part of the operation that it belongs to; as it is when it belongs to none but its own.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="known">The memos of <see cref="Keys"/>.</param>
    public static Notice Of(Notice notice, Func<string, Memo?> known)
    {
        foreach (var key in Keys(notice))
        {
            if (known(key)?.Thread is not { } thread || thread == notice.Thread) continue;
            var name = notice.Part is { } part ? $"{Ending(notice.Subject)}/{part.Name}" : Ending(notice.Subject);
            return notice with { Thread = thread, Part = new(name, notice.Part?.Status ?? notice.Status), Continues = false };
        }
        return notice;
    }

    /// <summary>What a notice teaches: the memos to be kept.</summary>
    /// <param name="notice">The notice, as a part of its operation.</param>
    /// <param name="original">The notice as it was read.</param>
    public static ValueList<Remembered> Learned(Notice notice, Notice original)
    {
        if (original is not { Source: "cloudformation", Arn: not null, Thread: not null }) return [];
        if (original.Kind is "resource")
        {
            return Fact(original, "Type") is "AWS::CloudFormation::Stack" && Fact(original, "Physical id") is { } nested
                && nested.StartsWith("arn:", StringComparison.Ordinal) && nested != original.Arn
                ? [new(Prefix + nested, new() { Thread = notice.Thread })]
                : [];
        }
        if (original.Kind is not "stack" || original.Subject is not { } name) return [];
        // While the operation goes on its nested stacks find it by name; afterwards a stack of that name is its own again.
        var goesOn = original.Status is Status.Ongoing || original.Continues;
        return [new(KeyOf(original, name), new() { Thread = goesOn ? notice.Thread : null })];
    }

    private static string KeyOf(Notice notice, string name) => $"{Prefix}{notice.Account}/{notice.Region}/{name}";

    private static string? Fact(Notice notice, string name)
    {
        foreach (var fact in notice.Facts)
        {
            if (fact.Name == name) return fact.Value;
        }
        return null;
    }

    /// <summary>The name of the parent, when the name has the form of a nested stack's.</summary>
    private static string? ParentOf(string? name)
    {
        if (name is null) return null;
        var last = name.LastIndexOf('-');
        if (last < 3 || name.Length - last - 1 is < 11 or > 14) return null;
        if (name.AsSpan(last + 1).ContainsAnyExcept(Random)) return null;
        var before = name.LastIndexOf('-', last - 1);
        return before > 0 ? name[..before] : null;
    }

    /// <summary>The logical id within a nested stack's name.</summary>
    private static string Ending(string? name)
    {
        if (name is null) return "a nested stack";
        return ParentOf(name) is { } parent ? name[(parent.Length + 1)..name.LastIndexOf('-')] : name;
    }

    private static readonly System.Buffers.SearchValues<char> Random = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}

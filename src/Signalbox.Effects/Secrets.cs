using System.Collections.Concurrent;
using System.Text;

namespace Signalbox.Effects;

/// <summary>Secrets behind references, looked up when first needed and remembered from then on, in memory only.</summary>
/// <remarks>
/// <c>env:NAME</c> is an environment variable, <c>file:PATH</c> the first line of a file; white space around the value is taken off. What AWS keeps
/// (<see cref="VaultReference"/>) is fetched by a vault. An http or https address stands for itself.
/// </remarks>
/// <param name="vault">Fetches what AWS keeps; null where nothing can.</param>
/// <param name="now">The time; null for the real one.</param>
public sealed class Secrets(Vault? vault = null, Now? now = null)
{
    /// <summary>What was fetched within so long is not fetched again although it was turned down: whoever sends us wrong signatures must not make us ask
    /// AWS each time.</summary>
    public static readonly TimeSpan Young = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Revealed> known = new();
    private readonly Dictionary<VaultReference, Fetched> fetched = [];
    private readonly Now now = now ?? (() => DateTimeOffset.UtcNow);

    /// <summary>A look-up, under way or done.</summary>
    private sealed record Fetched(Task<Revealed> Answer, DateTimeOffset At)
    {
        public bool HasValue => Answer is { IsCompletedSuccessfully: true, Result.Value: not null };
    }

    /// <summary>The value behind a reference, or why there is none. A failed look-up is not remembered.</summary>
    /// <param name="reference">The reference as it stands in the settings.</param>
    /// <param name="afresh">True to look again although a value is known.</param>
    /// <param name="stop">Stops waiting for AWS.</param>
    public ValueTask<Revealed> Reveal(string reference, bool afresh, CancellationToken stop)
    {
        if (!afresh && known.TryGetValue(reference, out var revealed)) return new(revealed);
        if (VaultReference.Read(reference) is { } there) return new(OfVault(there, afresh, stop));
        revealed = Look(reference);
        if (revealed.Value is not null) known[reference] = revealed;
        return new(revealed);
    }

    /// <summary>Fetches all of these together, ahead of their first use.</summary>
    /// <returns>Done when everything is known, or why it is not; who needs it then looks once more.</returns>
    public Task Learn(ValueList<VaultReference> references)
    {
        if (references.Count is 0) return Task.CompletedTask;
        lock (fetched)
        {
            var all = Fetch([.. references.Select(reference => reference.Source).Distinct().Where(source => !fetched.ContainsKey(source))]);
            return Task.WhenAll(all);
        }
    }

    private async Task<Revealed> OfVault(VaultReference reference, bool afresh, CancellationToken stop)
    {
        Task<Revealed> answer;
        lock (fetched)
        {
            answer = fetched.TryGetValue(reference.Source, out var last) && (!last.Answer.IsCompleted || Holds(last, afresh))
                ? last.Answer
                : Fetch([reference.Source])[0];
        }
        return Member(reference, await answer.WaitAsync(stop));
    }

    private bool Holds(Fetched last, bool afresh) => last.HasValue && (!afresh || now() - last.At < Young);

    /// <summary>One look-up for all; who asks meanwhile waits for it. Called under the lock.</summary>
    private ValueList<Task<Revealed>> Fetch(ValueList<VaultReference> sources)
    {
        if (sources.Count is 0) return [];
        var all = Task.Run(() => vault is null
            ? Task.FromResult<ValueList<Revealed>>([.. sources.Select(source => new Revealed(null, $"{source} cannot be read here: nothing asks AWS"))])
            : vault(sources));
        var tasks = new List<Task<Revealed>>(sources.Count);
        for (var place = 0; place < sources.Count; place++)
        {
            var before = fetched.TryGetValue(sources[place], out var last) && last.HasValue ? last : null;
            var one = Nth(all, sources, place, before);
            fetched[sources[place]] = new(one, now());
            tasks.Add(one);
        }
        return [.. tasks];
    }

    private async Task<Revealed> Nth(Task<ValueList<Revealed>> all, ValueList<VaultReference> sources, int place, Fetched? before)
    {
        // Not before the look-up stands in the table: what is put back below must come later.
        await Task.Yield();
        var revealed = await Run.Guard(async () => (await all)[place], why => new(null, $"{sources[place]} could not be fetched: {why}") { MayPass = true });
        // A value that was turned down once may hold after all: it is kept until there is another.
        if (revealed.Value is not null || before is null) return revealed;
        lock (fetched) fetched[sources[place]] = before;
        return revealed;
    }

    /// <summary>The member of a secret that is meant, without the white space around it.</summary>
    private static Revealed Member(VaultReference reference, Revealed whole)
    {
        if (whole.Value is not { } text) return whole;
        if (reference is VaultReference.Secret { Key: { } key })
        {
            var json = Json.Parse(Encoding.UTF8.GetBytes(text));
            if (json.Expected is not null || !json.Value.IsObject) return new(null, $"{reference.Source} holds no JSON object, so it has no member {key}");
            var member = json.Value[Encoding.UTF8.GetBytes(key)];
            if (!member.Exists) return new(null, $"the JSON object of {reference.Source} has no member {key}{Near(key, json.Value)}");
            if (member.Scalar is not { } scalar) return new(null, $"member {key} of {reference.Source} is neither a text nor a number");
            text = scalar;
        }
        return text.Trim() is { Length: > 0 } value ? new(value, null) : new(null, $"{reference} is empty");
    }

    private static string Near(string key, Json json)
    {
        var names = new List<string>();
        foreach (var (name, _) in json.Members) names.Add(name.Text ?? "");
        return Nearest.Hint(key, names) is { } hint ? $". {hint.TrimEnd('?')}" : "";
    }

    private static Revealed Look(string reference)
    {
        if (reference.StartsWith("env:", StringComparison.Ordinal)) return Variable(reference["env:".Length..]);
        if (reference.StartsWith("file:", StringComparison.Ordinal)) return FirstLine(reference["file:".Length..]);
        return Uri.TryCreate(reference, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new(reference, null)
            : new(null, $"its secret is neither env:NAME nor file:PATH, {VaultReference.Forms} nor an http or https address");
    }

    private static Revealed Variable(string name) => Environment.GetEnvironmentVariable(name)?.Trim() switch
    {
        null => new(null, $"environment variable {name} is not set"),
        "" => new(null, $"environment variable {name} is empty"),
        var value => new(value, null),
    };

    private static Revealed FirstLine(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return reader.ReadLine()?.Trim() is { Length: > 0 } value
                ? new(value, null)
                : new(null, $"the first line of file {path} is empty");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new(null, fault is FileNotFoundException or DirectoryNotFoundException
                ? $"file {path} does not exist"
                : $"file {path} cannot be read");
        }
    }
}

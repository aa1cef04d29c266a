using System.Globalization;
using Signalbox.Aws.Cloud;

namespace Signalbox.Cli.Projects;

/// <summary>Topics of SNS that there are, for whoever sets up a project.</summary>
internal static class ExistingTopics
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Their names in the order of the alphabet. None where AWS does not say, which is told then: a project can be written without.</summary>
    /// <param name="world">What calls to AWS need of the world.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="region">The region; null for what the shell or the profile says.</param>
    /// <param name="profile">The profile; null for what the shell says.</param>
    /// <param name="errors">Where it is said why there are none.</param>
    public static async Task<ValueList<string>> Find(CloudWorld world, Func<string, string?> variable, string? region, string? profile, TextWriter errors)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var finder = new KeyFinder(profile, null, variable, null);
            var cloud = await AwsCloud.Open(world, finder, finder.Region(region, null), finder.Endpoint(null), patience.Token);
            return [.. (await new Examination(cloud, patience.Token).Topics()).Select(arn => Arn.Read(arn)?.Name ?? arn)];
        }
        catch (Exception fault) when (fault is CloudException or OperationCanceledException)
        {
            var why = fault is CloudException ? fault.Message : "AWS did not answer in time.";
            errors.WriteLine($"signalbox: topics that are there could not be listed: {why} Their names can be typed all the same.");
            return [];
        }
    }

    /// <summary>Shows them, each with its number.</summary>
    public static void Offer(ValueList<string> known, TextWriter errors)
    {
        if (known.Count is 0) return;
        errors.WriteLine("Topics that are there:");
        foreach (var (place, name) in known.Index()) errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{place + 1,4}  {name}"));
    }

    /// <summary>What is wrong with the topics that a person chose, by number or by name: a number that none has. Null when nothing is.</summary>
    public static string? Wrong(IEnumerable<string> words, ValueList<string> known)
    {
        bool IsNone(string word) => known.Count > 0 && !known.Contains(word) && Number(word) is { } number && (number < 1 || number > known.Count);
        var wrong = words.FirstOrDefault(IsNone);
        return wrong is null ? null : $"expected the number of a topic, 1 to {known.Count}, or a name, found {wrong}.";
    }

    /// <summary>The topics that a person chose, each once.</summary>
    public static ValueList<string> Chosen(IEnumerable<string> words, ValueList<string> known)
    {
        string Name(string word) => !known.Contains(word) && Number(word) is { } number && number >= 1 && number <= known.Count ? known[number - 1] : word;
        return [.. words.Select(Name).Distinct()];
    }

    /// <summary>Words about each chosen topic that there is none of: it may be made later, or it is a slip.</summary>
    public static IEnumerable<string> Missing(ValueList<string> chosen, ValueList<string> known) =>
        from topic in chosen
        where known.Count > 0 && !known.Contains(topic) && Arn.Read(topic) is null
        select $"{topic}: there is no such topic yet{(Nearest.To(topic, known) is { } near ? $"; {near} is there" : "")}. deploy needs it to be there.";

    private static int? Number(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

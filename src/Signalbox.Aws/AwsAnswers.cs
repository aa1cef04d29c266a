using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Signalbox.Aws.Asking;
using Signalbox.Aws.Cloud;
using Signalbox.Effects;

namespace Signalbox.Aws;

/// <summary>Answers questions by asking AWS: tags of resources and stacks, names of accounts.</summary>
/// <remarks>All questions of an event are asked at once, and what has not been answered in time is left out with its reason. Answers are kept, that
/// there is none too; only trouble that may pass is not.</remarks>
public sealed class AwsAnswers
{
    private const int ArnsInOneCall = 100;
    private const int MostKept = 10_000;
    private const string Tagging = "Resource Groups Tagging API";

    private readonly Lookups lookups;
    private readonly AwsApi api;
    private readonly Now now;
    private readonly string region;
    private readonly ConcurrentDictionary<Question, (Answered Answer, DateTimeOffset At)> kept = new();

    private AwsAnswers(Lookups lookups, AwsApi api, Now now, string region) => (this.lookups, this.api, this.now, this.region) = (lookups, api, now, region);

    /// <summary>Makes who answers.</summary>
    /// <param name="lookups">What may be asked, and where.</param>
    /// <param name="send">Sends a request.</param>
    /// <param name="now">The time.</param>
    /// <param name="variable">Reads an environment variable: keys and region.</param>
    public static Ask Open(Lookups lookups, Send send, Now now, Func<string, string?> variable)
    {
        var region = ((string[])["AWS_REGION", "AWS_DEFAULT_REGION"]).Select(variable).FirstOrDefault(name => name is { Length: > 0 }) ?? "us-east-1";
        var endpoint = lookups.Endpoint ?? (variable("AWS_ENDPOINT_URL") is { Length: > 0 } other ? other : null);
        var keys = KeyFinder.Usual(send, now, variable, region, endpoint);
        // The first event is not to wait for an instance or for single sign-on.
        _ = keys(CancellationToken.None);
        return new AwsAnswers(lookups, new(send, keys, now, endpoint), now, region).Answer;
    }

    private async Task<Answers> Answer(ValueList<Question> questions, TimeSpan within, CancellationToken stop)
    {
        var known = questions.ToDictionary(question => question, Kept);
        var asked = questions.Where(question => known[question] is null).ToList();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(within);
        var came = await Task.WhenAll(Asked(asked, within, deadline.Token).Select(batch => InTime(batch.Questions, batch.Answers, within, deadline.Token)));
        foreach (var answer in came.SelectMany(batch => batch)) known[answer.Question] = answer;
        return new([.. questions.Select(question => known[question]!)]);
    }

    private Answered? Kept(Question question) => kept.TryGetValue(question, out var known) && now() - known.At < lookups.Lifetime
        ? known.Answer with { From = string.Create(CultureInfo.InvariantCulture, $"{known.Answer.From}, kept since {known.At.UtcDateTime:HH:mm:ss} UTC") }
        : null;

    /// <summary>One batch for each call that is to be made.</summary>
    private IEnumerable<(ValueList<Question> Questions, Task<ValueList<Answered>> Answers)> Asked(
        List<Question> questions, TimeSpan within, CancellationToken stop)
    {
        var resources = questions.OfType<Question.TagsOf>().GroupBy(question => RegionOf(question.Arn));
        foreach (var (place, chunk) in resources.SelectMany(group => group.Chunk(ArnsInOneCall).Select(chunk => (group.Key, chunk))))
            yield return ([.. chunk], Resources(place, [.. chunk], within, stop));
        foreach (var stack in questions.OfType<Question.StackTags>()) yield return ([stack], Stack(stack, within, stop));
        foreach (var account in questions.OfType<Question.AccountName>()) yield return ([account], Account(account, within, stop));
    }

    /// <summary>The answers of a call, or for each question why there is none by now.</summary>
    private static async Task<ValueList<Answered>> InTime(
        ValueList<Question> questions, Task<ValueList<Answered>> answers, TimeSpan within, CancellationToken stop)
    {
        try
        {
            return await answers.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            var why = FormattableString.Invariant($"no answer within {within.TotalSeconds:0.###} s");
            return [.. questions.Select(question => new Answered(question, [], null, why))];
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException)
        {
            return [.. questions.Select(question => new Answered(question, [], null, $"it could not be asked ({fault.GetType().Name})"))];
        }
    }

    private async Task<ValueList<Answered>> Resources(
        (string Partition, string Region) place, ValueList<Question.TagsOf> questions, TimeSpan within, CancellationToken stop)
    {
        var said = await api.Json(
            ApiPlace.Of("tagging", place.Partition, place.Region), "ResourceGroupsTaggingAPI_20170126.GetResources", Arns(questions), within, stop);
        if (said.Body is null) return [.. questions.Select(question => Note(question, [], null, $"{Tagging}: {said.Why}", said.MayPass))];
        var tags = new Dictionary<string, ValueList<Tag>>();
        foreach (var mapping in Json.Parse(Encoding.UTF8.GetBytes(said.Body)).Value["ResourceTagMappingList"u8].Items)
        {
            var read = new List<Tag>();
            foreach (var tag in mapping["Tags"u8].Items) read.Add(new(tag["Key"u8].Text ?? "", tag["Value"u8].Text ?? ""));
            tags[mapping["ResourceARN"u8].Text ?? ""] = [.. read];
        }
        return [.. questions.Select(question => Note(question, tags.GetValueOrDefault(question.Arn), null, Tagging, mayPass: false))];
    }

    private async Task<ValueList<Answered>> Stack(Question.StackTags question, TimeSpan within, CancellationToken stop)
    {
        var (partition, place) = RegionOf(question.Stack);
        var said = await api.Form(
            ApiPlace.Of("cloudformation", partition, place),
            $"Action=DescribeStacks&Version=2010-05-15&StackName={Uri.EscapeDataString(question.Stack)}", within, stop);
        if (said.Body is not { } xml) return [Note(question, [], null, $"CloudFormation: {said.Why}", said.MayPass)];
        var tags = AwsApi.Elements(xml, "Tags").SelectMany(list => AwsApi.Elements(list, "member"));
        ValueList<Tag> read = [.. from tag in tags select new Tag(AwsApi.Text(tag, "Key") ?? "", AwsApi.Text(tag, "Value") ?? "")];
        return [Note(question, read, null, "CloudFormation", false)];
    }

    private async Task<ValueList<Answered>> Account(Question.AccountName question, TimeSpan within, CancellationToken stop)
    {
        var partition = ApiPlace.Partition(region);
        var said = await api.Json(
            ApiPlace.Organizations(partition), "AWSOrganizationsV20161128.DescribeAccount", $"{{\"AccountId\":\"{question.Id}\"}}", within, stop);
        if (said.Body is { } body && Json.Parse(Encoding.UTF8.GetBytes(body)).Value["Account"u8]["Name"u8].Text is { } name)
            return [Note(question, [], name, "Organizations", false)];

        // An alias is to be had of our own account only.
        var self = await api.Form(ApiPlace.Of("sts", partition, region), "Action=GetCallerIdentity&Version=2011-06-15", within, stop);
        if (self.Body is null || AwsApi.Text(self.Body, "Account") != question.Id)
            return [Note(question, [], null, $"Organizations: {Why(said)}", said.MayPass)];
        var aliases = await api.Form(ApiPlace.Iam(partition), "Action=ListAccountAliases&Version=2010-05-08", within, stop);
        return [aliases.Body is { } xml && AwsApi.Text(xml, "member") is { } alias
            ? Note(question, [], alias, "IAM", false)
            : Note(question, [], null, $"Organizations: {Why(said)}; IAM: {(aliases.Body is null ? aliases.Why : "no alias")}", said.MayPass
                || aliases.MayPass)];
    }

    private static string Why(ApiAnswer said) => said.Body is null ? said.Why : "no name";

    private Answered Note(Question question, ValueList<Tag> tags, string? name, string from, bool mayPass)
    {
        var answer = new Answered(question, tags, name, from);
        if (mayPass) return answer;
        if (kept.Count >= MostKept) kept.Clear();
        kept[question] = (answer, now());
        return answer;
    }

    /// <summary>Where a resource is asked about: its region; what has none, at home or where we are.</summary>
    private (string Partition, string Region) RegionOf(string arn)
    {
        var partition = arn.Split(':', 3) is [_, { Length: > 0 } named, _] ? named : "aws";
        var service = Arn.Read(arn)?.Service;
        var isGlobal = service is "iam" or "cloudfront" or "route53" or "globalaccelerator";
        return (partition, Arn.RegionOf(arn) ?? (isGlobal ? ApiPlace.Home(partition, "cn-northwest-1") : region));
    }

    private static string Arns(ValueList<Question.TagsOf> questions)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteStartArray("ResourceARNList");
            foreach (var question in questions) json.WriteStringValue(question.Arn);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.ToArray());
    }
}

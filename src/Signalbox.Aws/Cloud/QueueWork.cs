using System.Text.Json;
using Signalbox.Deploy;

namespace Signalbox.Aws.Cloud;

/// <summary>Queues that a function has for itself, and who may send to them.</summary>
/// <seealso href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html"/>
internal static class QueueWork
{
    public static async Task<IEnumerable<Piece>> Read(Hand hand, string name)
    {
        if (await Url(hand, name) is not { } url) return [];
        var answer = await hand.Find(Call(hand, "GetQueueAttributes", json =>
        {
            json.WriteString("QueueUrl", url);
            Compared.WriteTexts(json, "AttributeNames", ["All"]);
        }));
        if (answer is null || await hand.Find(Call(hand, "ListQueueTags", json => json.WriteString("QueueUrl", url))) is not { } tagged) return [];
        var attributes = answer.Json["Attributes"u8];
        var tags = Compared.TagMap(tagged.Json["Tags"u8]);
        var redrive = Compared.Parse(attributes["RedrivePolicy"u8].Text ?? "");
        var isEncrypted = attributes["SqsManagedSseEnabled"u8].Scalar is "true" || attributes["KmsMasterKeyId"u8].Exists;
        var queue = new Piece(PieceKind.Queue, name,
        [
            new("visibility", attributes["VisibilityTimeout"u8].Scalar ?? ""), new("retention", attributes["MessageRetentionPeriod"u8].Scalar ?? ""),
            new("encryption", isEncrypted ? "true" : ""), new("dead letters", redrive["deadLetterTargetArn"u8].Text ?? ""),
            new("tries", redrive["maxReceiveCount"u8].Scalar ?? ""), .. Wanted.Tagged(tags),
        ])
        {
            At = url,
            Others = hand.Others(tags),
        };
        return
        [
            queue,
            .. from grant in Grant.Ours(attributes["Policy"u8].Text)
               select new Piece(PieceKind.QueueGrant, grant.Sid, []) { At = name, Called = grant.Source, Others = queue.Others },
        ];
    }

    public static Task Apply(Hand hand, Change change) => change.Doing switch
    {
        Doing.Make => Create(hand, change.Wanted),
        Doing.Alter => Alter(hand, change),
        _ => Delete(hand, change.Wanted.Name),
    };

    /// <summary>Adds or takes out one statement of a queue's policy; the others stay as they are.</summary>
    public static async Task ApplyGrant(Hand hand, Change change)
    {
        if (await Url(hand, change.Wanted.At) is not { } url)
        {
            if (change.Doing is Doing.Remove) return;
            throw new CloudException("QueueDoesNotExist", $"queue {change.Wanted.At} is not there any more: deploy again.");
        }
        var answer = await hand.Do(Call(hand, "GetQueueAttributes", json =>
        {
            json.WriteString("QueueUrl", url);
            Compared.WriteTexts(json, "AttributeNames", ["Policy"]);
        }));
        var policy = answer.Json["Attributes"u8]["Policy"u8].Text;
        var wanted = change.Doing is Doing.Remove
            ? Grant.Without(policy, change.Wanted.Name) ?? ""
            : Grant.With(policy, change.Wanted.Name, change.Wanted.Body);
        await Set(hand, url, [new("Policy", wanted)]);
    }

    private static async Task<string?> Url(Hand hand, string name) =>
        (await hand.Find(Call(hand, "GetQueueUrl", json => json.WriteString("QueueName", name))))?.Json["QueueUrl"u8].Text;

    private static Task Create(Hand hand, Piece queue) => hand.Make(Call(hand, "CreateQueue", json =>
    {
        json.WriteString("QueueName", queue.Name);
        Write(json, [.. Attributes(queue), .. queue.Name.EndsWith(".fifo", StringComparison.Ordinal) ? (Fact[])[new("FifoQueue", "true")] : []]);
        Compared.WriteTagMap(json, "tags", hand.Release.AllTags);
    }));

    private static async Task Alter(Hand hand, Change change)
    {
        var differs = change.Wanted.Differs(change.Found!);
        if (differs.Any(trait => !IsTag(trait))) await Set(hand, change.Wanted.At, Attributes(change.Wanted));
        if (!differs.Any(IsTag)) return;
        await hand.Do(Call(hand, "TagQueue", json =>
        {
            json.WriteString("QueueUrl", change.Wanted.At);
            Compared.WriteTagMap(json, "Tags", hand.Release.AllTags);
        }));
    }

    private static bool IsTag(Trait trait) => trait.Name.StartsWith("tag ", StringComparison.Ordinal);

    private static async Task Delete(Hand hand, string name)
    {
        if (await Url(hand, name) is { } url) await hand.Find(Call(hand, "DeleteQueue", json => json.WriteString("QueueUrl", url)));
    }

    private static ValueList<Fact> Attributes(Piece queue) =>
    [
        new("VisibilityTimeout", queue["visibility"]), new("MessageRetentionPeriod", queue["retention"]), new("SqsManagedSseEnabled", "true"),
        .. queue["dead letters"] is { Length: > 0 } dead
            ? (Fact[])[new("RedrivePolicy", $"{{\"deadLetterTargetArn\":\"{dead}\",\"maxReceiveCount\":\"{queue["tries"]}\"}}")]
            : [],
    ];

    private static Task Set(Hand hand, string url, ValueList<Fact> attributes) => hand.Do(Call(hand, "SetQueueAttributes", json =>
    {
        json.WriteString("QueueUrl", url);
        Write(json, attributes);
    }));

    private static void Write(Utf8JsonWriter json, ValueList<Fact> attributes) => Compared.WriteTagMap(json, "Attributes", attributes);

    private static CloudCall Call(Hand hand, string operation, Action<Utf8JsonWriter> members) =>
        CloudCall.Json(hand.Places.Sqs, "AmazonSQS", operation, "1.0", members);
}

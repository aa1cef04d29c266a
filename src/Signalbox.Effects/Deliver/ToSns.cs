using System.Globalization;
using System.Text;

namespace Signalbox.Effects;

/// <summary>An Amazon SNS topic by its query interface.</summary>
internal static class ToSns
{
    /// <summary>How it gets there. A FIFO topic drops the second try of what it has.</summary>
    public static readonly Courier Courier = new()
    {
        Secrets = room => SnsTopic.HasTokenOfTheEnvironment(room) ? ["key-id", "secret"] : ["key-id", "secret", "session-token"],
        Optional = room => SnsTopic.HasTokenOfTheEnvironment(room) && SnsTopic.HasKeysOfTheEnvironment(room) ? ["session-token"] : [],
        Write = Write,
        Read = (_, answer) => Read(answer),
    };

    /// <summary>What SNS answers.</summary>
    public static ValueList<KnownAnswer> Answers =>
    [
        new(200, "<PublishResponse><PublishResult><MessageId>94f20ce6-13c5-43a0-9a9e-ca52d816e90b</MessageId></PublishResult></PublishResponse>",
            Fate.Made, "published; the message id is the reference"),
        new(400, Said("Throttling", "Rate exceeded"), Fate.Later, "too fast"),
        new(400, Said("InvalidParameter", "Invalid parameter: Message too long"), Fate.Refused, "over one of SNS's limits"),
        new(403, Said("AuthorizationError", "not authorized to perform: SNS:Publish"), Fate.Refused, "the keys may not sns:Publish there"),
        new(403, Said("InvalidClientTokenId", "The security token included in the request is invalid"),
            Fate.Refused, "the keys are wrong, or temporary and without session-token"),
        new(403, Said("ExpiredToken", "The security token included in the request is expired"), Fate.Refused, "temporary keys are over"),
        new(403, Said("SignatureDoesNotMatch", "The request signature we calculated does not match"), Fate.Refused, "the secret is wrong"),
        new(404, Said("NotFound", "Topic does not exist"), Fate.Refused, "the topic is gone") { RoomIsGone = true },
        new(500, Said("InternalFailure", ""), Fate.Later, "SNS has trouble"),
        new(503, "", Fate.Later, "SNS has trouble"),
    ];

    private static Letter Write(Errand errand)
    {
        if (SnsTopic.PlaceOf(errand["topic"]) is not var (partition, region)) return new(null, default) { Fault = "its topic is not the ARN of a topic" };
        var (id, secret) = (errand.Keys.Secret("key-id"), errand.Keys.Secret("secret"));
        if (id is null || secret is null) return new(null, default) { Fault = "it has no access keys" };

        var api = errand["api"] ?? $"https://sns.{region}.{(partition is "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com")}";
        var letter = Letter.To("api", $"{api.TrimEnd('/')}/", Form(errand)) with { Type = "application/x-www-form-urlencoded; charset=utf-8" };
        return SigV4.Sign(letter, new(id, secret, errand.Keys.Secret("session-token")), region, "sns", errand.Now);
    }

    private static byte[] Form(Errand errand)
    {
        var form = new StringBuilder("Action=Publish&Version=2010-03-31");
        void Add(string name, string value) => form.Append(CultureInfo.InvariantCulture, $"&{name}={Uri.EscapeDataString(value)}");

        var input = Json.Parse(errand.Post.Payload.ToArray()).Value;
        foreach (var (name, value) in input.Members)
        {
            if (value.Text is { } text) Add(name.Text ?? "", text);
        }
        var entry = 0;
        foreach (var (name, value) in input["MessageAttributes"u8].Members)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"MessageAttributes.entry.{++entry}");
            Add($"{at}.Name", name.Text ?? "");
            Add($"{at}.Value.DataType", value["DataType"u8].Text ?? "");
            Add($"{at}.Value.StringValue", value["StringValue"u8].Text ?? "");
        }
        if (errand.Message is not null)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"MessageAttributes.entry.{++entry}");
            Add($"{at}.Name", "placing");
            Add($"{at}.Value.DataType", "String");
            Add($"{at}.Value.StringValue", Placings.Word(errand.Post.Placing));
        }
        if (input["MessageGroupId"u8].Exists) Add("MessageDeduplicationId", errand.Id);
        return Encoding.UTF8.GetBytes(form.ToString());
    }

    private static Verdict Read(Answer.Came answer)
    {
        var (code, message) = (Within(answer.Body, "Code"), Within(answer.Body, "Message"));
        var words = code is null ? null : message is null ? code : $"{code}: {message}";
        var verdict = Verdict.Of(answer, words, Within(answer.Body, "MessageId") ?? "", yes: Within(answer.Body, "MessageId") is not null)
            .Saying(code is "NotFound");
        return code is "Throttling" or "ThrottledException" or "Throttled" or "RequestThrottled" && verdict.Delivery is Delivery.Refused refused
            ? new(new Delivery.Later(answer.RetryAfter, refused.Why))
            : verdict;
    }

    /// <summary>The text of the first such element; null when there is none.</summary>
    private static string? Within(string xml, string element)
    {
        var start = xml.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        if (start < element.Length + 2) return null;
        var end = xml.IndexOf($"</{element}>", start, StringComparison.Ordinal);
        return end < 0 ? null : System.Net.WebUtility.HtmlDecode(xml[start..end]);
    }

    private static string Said(string code, string message) =>
        $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>9f2a</RequestId></ErrorResponse>";
}

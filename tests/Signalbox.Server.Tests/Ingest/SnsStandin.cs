using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Signalbox.ServerTests.Ingest;

/// <summary>SNS with an authority, a key and a certificate of its own.</summary>
internal sealed class SnsStandin : IDisposable
{
    public const string Topic = "arn:aws:sns:eu-west-1:123456789012:alerts-prod";
    public const string Certificate = "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem";
    public const string Yaml = """
        server: { topics: ["arn:aws:sns:*:123456789012:alerts-*", "arn:aws-cn:sns:*:123456789012:alerts-*", "arn:aws-us-gov:sns:*:123456789012:alerts-*"] }
        """;

    // An RSA key takes a while to find: one for all tests.
    private static readonly RSA Key = RSA.Create(2048);
    private readonly Authority authority = new($"Authority {Guid.NewGuid():n}");
    private readonly string roots = Path.Combine(Path.GetTempPath(), $"signalbox-roots-{Guid.NewGuid():n}.pem");
    private readonly ConcurrentQueue<string> fetched = [];

    public SnsStandin()
    {
        File.WriteAllText(roots, authority.Pem);
        Answers = address => address.Contains("Action=ConfirmSubscription", StringComparison.Ordinal)
            ? new Answer.Came(200, null, "<ConfirmSubscriptionResponse/>") : new Answer.Came(200, null, PemFor("sns.amazonaws.com"));
    }

    /// <summary>What its hosts answer.</summary>
    public Func<string, Answer> Answers { get; set; }

    /// <summary>Every address that was opened.</summary>
    public IReadOnlyList<string> Fetched => [.. fetched];

    /// <summary>A server that trusts this SNS.</summary>
    public Task<Served> Serve(string yaml = Yaml, Store? store = null) => Served.With(yaml, options => options with
    {
        Open = some => Outside.Open(some, Roots.Open(name => name is "SIGNALBOX_TLS_ROOTS" ? roots : null), _ => { }),
        Fetch = (letter, _, _) =>
        {
            fetched.Enqueue($"{letter.Method} {letter.Address}");
            return Task.FromResult(Answers(letter.Address!.AbsoluteUri));
        },
    }, store);

    public string PemFor(string host, DateTimeOffset? until = null)
    {
        using var certificate = authority.Sign(host, Key, until);
        return certificate.ExportCertificatePem();
    }

    /// <summary>A message of SNS, signed after the last change.</summary>
    public static string Message(string type = "Notification", string version = "2", DateTimeOffset? at = null, Action<Dictionary<string, string?>>? change = null,
        Action<Dictionary<string, string?>>? after = null)
    {
        var message = new Dictionary<string, string?>
        {
            ["Type"] = type,
            ["MessageId"] = Guid.NewGuid().ToString(),
            ["TopicArn"] = Topic,
            ["Message"] = "disk of payments-db is full \"90 %\"\nsecond line ü",
            ["Timestamp"] = (at ?? DateTimeOffset.UtcNow).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"),
            ["SignatureVersion"] = version,
            ["SigningCertURL"] = Certificate,
        };
        if (type is "Notification")
        {
            message["Subject"] = "A subject";
            message["UnsubscribeURL"] = $"https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn={Topic}:1";
        }
        else
        {
            message["Token"] = "2336412f37";
            message["SubscribeURL"] = $"https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn={Topic}&Token=2336412f37";
        }
        change?.Invoke(message);
        message["Signature"] = Signed(message);
        after?.Invoke(message);
        return JsonSerializer.Serialize(message.Where(pair => pair.Value is not null).ToDictionary());
    }

    public void Dispose()
    {
        authority.Dispose();
        File.Delete(roots);
    }

    // Written from the documentation of SNS and not with our own function, so that the two check each other.
    private static string Signed(Dictionary<string, string?> message)
    {
        string[] names = message["Type"] is "Notification"
            ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
            : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];
        var text = string.Concat(names.Where(name => message.GetValueOrDefault(name) is not null).Select(name => $"{name}\n{message[name]}\n"));
        return Convert.ToBase64String(Key.SignData(
            Encoding.UTF8.GetBytes(text), message["SignatureVersion"] is "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }
}

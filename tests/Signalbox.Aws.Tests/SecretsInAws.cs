using System.Text;
using Signalbox.Effects;

namespace Signalbox.Aws.Tests;

/// <summary>Secrets that AWS keeps, from a stand-in that takes nothing that is not signed.</summary>
public sealed class SecretsInAws : IDisposable
{
    private const string Token = "xoxb-sEcReT-1";
    private const string Cipher = "AQICAHhUbFnYz0Z0dGVzdA==";
    private readonly Wire wire = new(new(new Trust(() => "", () => [])));
    private readonly Dictionary<string, string> environment = new()
    {
        ["AWS_ACCESS_KEY_ID"] = Signed.Id,
        ["AWS_SECRET_ACCESS_KEY"] = Signed.Secret,
        ["AWS_SESSION_TOKEN"] = "SESSION",
        ["AWS_REGION"] = "eu-central-1",
    };

    private readonly List<string> whys = [];
    private DateTimeOffset now = DateTimeOffset.UtcNow;

    public void Dispose()
    {
        wire.Dispose();
        Assert.DoesNotContain(whys, why => why.Contains("sEcReT", StringComparison.Ordinal));
    }

    private Secrets Opened(Standin server, TimeSpan? within = null) =>
        new(AwsVault.Open(wire.Send, () => DateTimeOffset.UtcNow, environment.GetValueOrDefault, server.Address, within), () => now);

    private async Task<Revealed> Reveal(Secrets secrets, string reference, bool afresh = false)
    {
        var revealed = await secrets.Reveal(reference, afresh, TestContext.Current.CancellationToken);
        if (revealed.Why is { } why) whys.Add(why);
        return revealed;
    }

    private static Said Parameter(string name, string value, string more = "") =>
        Said.Http(200, $$"""{"Parameters":[{"Name":"{{name}}","Type":"SecureString","Value":"{{value}}","Version":3{{more}}}],"InvalidParameters":[]}""");

    private static Said Denied(string action, string on) => Said.Http(400, $$"""
        {"__type":"AccessDeniedException","Message":"User: arn:aws:sts::123456789012:assumed-role/ops/alerts is not authorized to perform: {{action}} on resource: {{on}} because no identity-based policy allows the {{action}} action"}
        """);

    private static ValueList<string> Names(Heard heard)
    {
        var names = new List<string>();
        foreach (var name in Json.Parse(Encoding.UTF8.GetBytes(heard.Body)).Value["Names"u8].Items) names.Add(name.Text ?? "");
        return [.. names];
    }

    private static Said All(Heard heard) => Said.Http(200, $$"""
        {"Parameters":[{{string.Join(',', Names(heard).Select(name => $$"""{"Name":"{{name}}","Value":"value of {{name}}","Version":1}"""))}}]}
        """);

    [Fact]
    public async Task A_parameter_is_asked_for_decrypted_and_signed()
    {
        using var server = new Standin(_ => Parameter("/signalbox/slack-token", $" {Token}\\n"));
        Assert.Equal(Token, (await Reveal(Opened(server), "ssm:/signalbox/slack-token")).Value);
        var heard = Assert.Single(server.AllHeard);
        Assert.Equal(("ssm", "eu-central-1"), Signed.By(heard));
        Assert.Equal("AmazonSSM.GetParameters", heard.Headers["x-amz-target"]);
        Assert.Equal("""{"Names":["/signalbox/slack-token"],"WithDecryption":true}""", heard.Body);
        Assert.Equal("SESSION", heard.Headers["x-amz-security-token"]);
    }

    [Theory]
    [InlineData("ssm:/a/b:3", "/a/b", ",\"Selector\":\":3\"")]
    [InlineData("ssm:/a/b:live", "/a/b", ",\"Selector\":\":live\"")]
    [InlineData("ssm:arn:aws:ssm:us-west-2:123456789012:parameter/a/b", "/a/b", ",\"ARN\":\"arn:aws:ssm:us-west-2:123456789012:parameter/a/b\"")]
    public async Task A_version_a_label_and_an_ARN_name_a_parameter_too(string reference, string name, string more)
    {
        using var server = new Standin(_ => Parameter(name, Token, more));
        Assert.Equal(Token, (await Reveal(Opened(server), reference)).Value);
        Assert.Equal(reference.Contains("us-west-2", StringComparison.Ordinal) ? "us-west-2" : "eu-central-1", Signed.By(server.AllHeard[0]).Region);
    }

    [Fact]
    public async Task A_secret_is_asked_for_once_however_many_of_its_members_are_needed()
    {
        const string Arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:chats-AbCdEf";
        using var server = new Standin(_ => Said.Http(200, $$$"""{"Name":"chats","SecretString":"{\"slack\":\"{{{Token}}}\",\"port\":587,\"deep\":{}}"}"""));
        var secrets = Opened(server);
        Assert.Equal(Token, (await Reveal(secrets, $"secretsmanager:{Arn}#slack")).Value);
        Assert.Equal("587", (await Reveal(secrets, $"secretsmanager:{Arn}#port")).Value);
        Assert.Equal($"the JSON object of secretsmanager:{Arn} has no member slakc. Did you mean \"slack\"", (await Reveal(secrets, $"secretsmanager:{Arn}#slakc")).Why);
        Assert.Equal($"member deep of secretsmanager:{Arn} is neither a text nor a number", (await Reveal(secrets, $"secretsmanager:{Arn}#deep")).Why);
        var heard = Assert.Single(server.AllHeard);
        Assert.Equal(("secretsmanager", "us-east-1"), Signed.By(heard));
        Assert.Equal(("secretsmanager.GetSecretValue", $$"""{"SecretId":"{{Arn}}"}"""), (heard.Headers["x-amz-target"], heard.Body));
    }

    [Fact]
    public async Task A_secret_that_is_no_JSON_object_has_no_members()
    {
        using var server = new Standin(_ => Said.Http(200, $$"""{"SecretString":"{{Token}}"}"""));
        var secrets = Opened(server);
        Assert.Equal("secretsmanager:chats holds no JSON object, so it has no member slack", (await Reveal(secrets, "secretsmanager:chats#slack")).Why);
        Assert.Equal(Token, (await Reveal(secrets, "secretsmanager:chats")).Value);
    }

    [Fact]
    public async Task A_ciphertext_is_decrypted_by_KMS()
    {
        using var server = new Standin(_ => Said.Http(200, $$"""{"KeyId":"k","Plaintext":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Token))}}"}"""));
        Assert.Equal(Token, (await Reveal(Opened(server), $"kms:{Cipher}")).Value);
        var heard = Assert.Single(server.AllHeard);
        Assert.Equal(("kms", "eu-central-1"), Signed.By(heard));
        Assert.Equal(("TrentService.Decrypt", $$"""{"CiphertextBlob":"{{Cipher}}"}"""), (heard.Headers["x-amz-target"], heard.Body));
    }

    [Fact]
    public async Task All_are_asked_for_at_the_same_time_and_parameters_ten_to_a_call()
    {
        using var together = new CountdownEvent(4);
        var all = new TaskCompletionSource();
        using var server = new Standin(async heard =>
        {
            if (together.Signal()) all.SetResult();
            await all.Task;
            return Signed.By(heard).Service switch
            {
                "ssm" => All(heard),
                "kms" => Said.Http(200, """{"Plaintext":"aGVsbG8="}"""),
                _ => Said.Http(200, """{"SecretString":"{\"a\":\"1\",\"b\":\"2\"}"}"""),
            };
        });
        var secrets = Opened(server);
        ValueList<string> references = [.. Enumerable.Range(1, 11).Select(number => $"ssm:/p/{number}"), "secretsmanager:s#a", "secretsmanager:s#b", $"kms:{Cipher}"];
        await secrets.Learn([.. references.Select(reference => VaultReference.Read(reference)!)]);
        var values = new List<string?>();
        foreach (var reference in references) values.Add((await Reveal(secrets, reference)).Value);

        Assert.Equal([.. Enumerable.Range(1, 11).Select(number => $"value of /p/{number}"), "1", "2", "hello"], values);
        Assert.Equal([1, 10], server.AllHeard.Where(heard => Signed.By(heard).Service is "ssm").Select(heard => Names(heard).Count).Order());
        Assert.Equal(4, server.AllHeard.Count);
    }

    [Fact]
    public async Task Who_asks_while_an_answer_is_on_its_way_waits_for_it()
    {
        var asked = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        using var server = new Standin(async _ =>
        {
            asked.TrySetResult();
            await go.Task;
            return Parameter("t", Token);
        });
        var secrets = Opened(server);
        var learning = secrets.Learn([VaultReference.Read("ssm:t")!]);
        await asked.Task;
        var revealing = Reveal(secrets, "ssm:t");
        Assert.False(revealing.IsCompleted);
        go.SetResult();
        Assert.Equal(Token, (await revealing).Value);
        await learning;
        Assert.Single(server.AllHeard);
    }

    [Fact]
    public async Task A_value_is_kept_and_read_anew_when_it_was_turned_down()
    {
        var value = "old";
        using var server = new Standin(_ => Parameter("t", value));
        var secrets = Opened(server);
        Assert.Equal("old", (await Reveal(secrets, "ssm:t")).Value);
        value = "new";
        now += TimeSpan.FromHours(1);
        Assert.Equal("old", (await Reveal(secrets, "ssm:t")).Value);
        Assert.Equal("new", (await Reveal(secrets, "ssm:t", afresh: true)).Value);
        Assert.Equal("new", (await Reveal(secrets, "ssm:t")).Value);
        Assert.Equal(2, server.AllHeard.Count);

        // Somebody who keeps sending what we must turn down does not make us ask AWS each time.
        for (var time = 0; time < 10; time++) Assert.Equal("new", (await Reveal(secrets, "ssm:t", afresh: true)).Value);
        Assert.Equal(2, server.AllHeard.Count);
    }

    [Fact]
    public async Task A_value_that_was_turned_down_is_used_again_where_there_is_no_other()
    {
        var denied = false;
        using var server = new Standin(_ => denied ? Denied("ssm:GetParameters", "arn:t") : Parameter("t", Token));
        var secrets = Opened(server);
        await Reveal(secrets, "ssm:t");
        denied = true;
        now += TimeSpan.FromHours(1);
        Assert.Equal("ssm:t may not be read: allow ssm:GetParameters on arn:t", (await Reveal(secrets, "ssm:t", afresh: true)).Why);
        Assert.Equal(Token, (await Reveal(secrets, "ssm:t")).Value);
    }

    [Fact]
    public async Task A_missing_right_is_named_and_keeps_nobody_else_from_theirs()
    {
        const string Other = "arn:aws:ssm:eu-central-1:123456789012:parameter/other";
        using var server = new Standin(heard => Names(heard).Contains("/other") ? Denied("ssm:GetParameters", Other) : All(heard));
        var secrets = Opened(server);
        await secrets.Learn([VaultReference.Read("ssm:/mine")!, VaultReference.Read("ssm:/other")!]);
        Assert.Equal("value of /mine", (await Reveal(secrets, "ssm:/mine")).Value);
        var other = await Reveal(secrets, "ssm:/other");
        Assert.Equal($"ssm:/other may not be read: allow ssm:GetParameters on {Other}", other.Why);
        Assert.False(other.MayPass);
    }

    [Theory]
    [InlineData("ssm:t", "kms:Decrypt", "arn:aws:kms:eu-central-1:1:key/k", "ssm:t may not be read: allow kms:Decrypt on arn:aws:kms:eu-central-1:1:key/k")]
    [InlineData("secretsmanager:chats#a", "secretsmanager:GetSecretValue", "chats", "secretsmanager:chats may not be read: allow secretsmanager:GetSecretValue on chats")]
    [InlineData($"kms:{Cipher}", "kms:Decrypt", "arn:k", "kms:AQICAHhUbFnY… may not be read: allow kms:Decrypt on arn:k")]
    public async Task Each_missing_right_is_named(string reference, string action, string on, string says)
    {
        using var server = new Standin(_ => Denied(action, on));
        Assert.Equal(says, (await Reveal(Opened(server), reference)).Why);
    }

    [Theory]
    [InlineData("ssm:t", """{"Parameters":[],"InvalidParameters":["t"]}""", 200, "ssm:t is not there in eu-central-1. In another region it is named by its ARN")]
    [InlineData("ssm:arn:aws:ssm:us-west-2:1:parameter/t", """{"Parameters":[],"InvalidParameters":["t"]}""", 200, "ssm:arn:aws:ssm:us-west-2:1:parameter/t is not there in us-west-2")]
    [InlineData("secretsmanager:s", """{"__type":"ResourceNotFoundException","Message":"Secrets Manager can't find the specified secret."}""", 400,
        "secretsmanager:s is not there in eu-central-1. In another region it is named by its ARN")]
    [InlineData($"kms:{Cipher}", """{"__type":"InvalidCiphertextException"}""", 400,
        "kms:AQICAHhUbFnY… is damaged, or no ciphertext of a key in eu-central-1: encrypt it anew with aws kms encrypt")]
    [InlineData($"kms:{Cipher}", """{"Plaintext":"//79"}""", 200, "kms:AQICAHhUbFnY… cannot be read: what it decrypts to is no text in UTF-8")]
    [InlineData("secretsmanager:s", """{"__type":"DecryptionFailure"}""", 400, "secretsmanager:s cannot be decrypted: allow kms:Decrypt on its key, and see that the key is enabled")]
    [InlineData("secretsmanager:s", """{"__type":"InvalidRequestException","Message":"marked for deletion."}""", 400,
        "secretsmanager:s cannot be read: secretsmanager GetSecretValue: InvalidRequestException: marked for deletion")]
    [InlineData("ssm:t", """{"Parameters":[{"Name":"t","Value":" "}]}""", 200, "ssm:t is empty")]
    public async Task What_is_not_there_or_broken_is_said(string reference, string answer, int status, string says)
    {
        using var server = new Standin(_ => Said.Http(status, answer));
        var revealed = await Reveal(Opened(server), reference);
        Assert.Equal((null, says, false), (revealed.Value, revealed.Why, revealed.MayPass));
    }

    [Fact]
    public async Task Without_a_region_nobody_is_asked()
    {
        environment.Remove("AWS_REGION");
        using var server = new Standin(_ => Parameter("t", Token));
        Assert.Equal("ssm:t cannot be read: no region is known: set AWS_REGION", (await Reveal(Opened(server), "ssm:t")).Why);
        Assert.Empty(server.AllHeard);
    }

    [Fact]
    public async Task A_busy_service_is_asked_again()
    {
        var calls = 0;
        using var server = new Standin(_ => Interlocked.Increment(ref calls) < 3 ? Said.Http(400, """{"__type":"ThrottlingException"}""") : Parameter("t", Token));
        Assert.Equal(Token, (await Reveal(Opened(server, TimeSpan.FromSeconds(30)), "ssm:t")).Value);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task What_has_not_come_by_the_deadline_may_come_later()
    {
        var stalls = true;
        using var server = new Standin(_ => stalls ? Said.Raw("", Ending.Stalls) : Parameter("t", Token));
        var secrets = Opened(server, TimeSpan.FromMilliseconds(500));
        await secrets.Learn([VaultReference.Read("ssm:t")!, VaultReference.Read("secretsmanager:s")!]);
        var revealed = await Reveal(secrets, "ssm:t");
        Assert.Equal(("ssm:t could not be read within 0.5 s", true), (revealed.Why, revealed.MayPass));
        stalls = false;
        Assert.Equal(Token, (await Reveal(secrets, "ssm:t")).Value);
    }

    [Fact]
    public async Task A_post_waits_while_its_secret_cannot_be_had_and_is_refused_where_it_never_can()
    {
        var answer = Said.Http(503, "");
        using var server = new Standin(_ => answer);
        Assert.Equal(new Delivery.Later(null, "ssm:t could not be read within 0.7 s"), await Post(Opened(server, TimeSpan.FromMilliseconds(700)), "http://127.0.0.1:1"));
        answer = Denied("ssm:GetParameters", "arn:t");
        Assert.Equal(
            new Delivery.Refused("ssm:t may not be read: allow ssm:GetParameters on arn:t"), await Post(Opened(server), "http://127.0.0.1:1"));
    }

    [Fact]
    public async Task A_token_that_Slack_turns_down_is_read_anew_and_the_post_arrives()
    {
        var value = "xoxb-old-sEcReT";
        using var server = new Standin(_ => Parameter("t", value));
        using var slack = new Standin(heard => Said.Http(200, heard.Headers["authorization"] is "Bearer xoxb-new-sEcReT"
            ? """{"ok":true,"channel":"C1","ts":"1.2"}""" : """{"ok":false,"error":"invalid_auth"}"""));
        var secrets = Opened(server);
        await Reveal(secrets, "ssm:t");
        value = "xoxb-new-sEcReT";
        now += TimeSpan.FromMinutes(1);
        Assert.Equal(new Delivery.Made("C1/1.2"), await Post(secrets, slack.Address));
        Assert.Equal(["Bearer xoxb-old-sEcReT", "Bearer xoxb-new-sEcReT"], slack.AllHeard.Select(heard => heard.Headers["authorization"]));
    }

    private static async Task<Delivery> Post(Secrets secrets, string slack)
    {
        var room = new Room { Name = "ops", Chat = "slack", Options = [new("channel", "#ops"), new("token", "ssm:t"), new("api", slack)] };
        using var outside = Outside.Open(Settings.None, new Trust(() => "", () => []), _ => { }, secrets.Reveal);
        var notice = new Notice { Source = "sns", Kind = "message", Severity = Severity.Info, Status = Status.Stated, Title = "Hello" };
        var post = new Post(new(notice, room, null, ""), """{"text":"Hello"}"""u8.ToArray()) { EventId = "e" };
        return await outside.World.Deliver(post, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }
}

using System.Diagnostics;
using System.Reflection;
using Signalbox.Standins;

namespace Signalbox.Tests;

/// <summary>A look-up of the native tool is signed with the keys of whichever link of the usual chain has some. Skipped where <c>./build.sh cli</c> has not
/// been run: a native binary finds by itself nothing that is named in a file only, so that the managed one proves nothing.</summary>
public sealed class UsualChainOfKeys : IDisposable
{
    private const string Start = "https://example.awsapps.com/start";

    /// <summary>Where <c>aws sso login</c> leaves a token: a file named by the SHA-1 of the address where one starts, or of the session's name.</summary>
    private const string OfStart = ".aws/sso/cache/e8be5486177c5b5392bd9aa76563515b29358e6e.json";
    private const string OfSession = ".aws/sso/cache/c3499c2729730a7f807efb8676a92dcb6f8a3f8f.json";
    private const string Event = """
        {"version":"0","id":"e1","detail-type":"RDS DB Instance Event","source":"aws.rds","account":"123456789012","time":"2026-03-01T12:00:00Z","region":"eu-west-1",
         "resources":["arn:aws:rds:eu-west-1:123456789012:db:orders-db"],
         "detail":{"EventCategories":["failover"],"SourceType":"DB_INSTANCE","SourceArn":"arn:aws:rds:eu-west-1:123456789012:db:orders-db",
          "Date":"2026-03-01T12:00:00Z","Message":"A Multi-AZ failover has started.","SourceIdentifier":"orders-db","EventID":"RDS-EVENT-0013"}}
        """;
    private static readonly string Tool = Path.Combine(
        Path.GetFullPath(typeof(UsualChainOfKeys).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Repository").Value!),
        "artifacts", "cli", "signalbox");
    private readonly Desk desk = new();
    private readonly Standin aws = new(Says);

    public void Dispose()
    {
        aws.Dispose();
        desk.Dispose();
    }

    [Fact]
    public async Task Keys_of_the_environment() =>
        await IsSignedWith("AKIAENVIRONMENT", "SESSION", ("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_SESSION_TOKEN", "SESSION"));

    [Fact]
    public async Task Keys_of_a_profile()
    {
        desk.With(".aws/credentials", "[office]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = secret\n");
        await IsSignedWith("AKIAPROFILE", null, ("AWS_PROFILE", "office"));
    }

    [Fact]
    public async Task A_role_that_a_profile_takes_with_the_keys_of_another()
    {
        desk.With(".aws/credentials", "[office]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = secret\n")
            .With(".aws/config", "[profile reader]\nrole_arn = arn:aws:iam::123456789012:role/reader\nsource_profile = office\n");
        await IsSignedWith("ASIAASSUMED", "OF-ROLE", ("AWS_PROFILE", "reader"));
        Assert.Contains("Credential=AKIAPROFILE/", aws.AllHeard.Single(heard => heard.Body.Contains("Action=AssumeRole&", StringComparison.Ordinal)).Headers["authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Single_sign_on_with_the_token_that_aws_left(bool bySession)
    {
        desk.With(".aws/config", bySession
                ? $"[profile office]\nsso_session = example\nsso_account_id = 123456789012\nsso_role_name = Reader\n[sso-session example]\nsso_start_url = {Start}\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n"
                : $"[profile office]\nsso_start_url = {Start}\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = Reader\n")
            .With(bySession ? OfSession : OfStart, $$"""{"startUrl":"{{Start}}","region":"eu-west-1","accessToken":"SIGNED-IN","expiresAt":"2199-01-01T00:00:00Z"}""");
        await IsSignedWith("ASIASIGNEDIN", "OF-SSO", ("AWS_PROFILE", "office"));
        Assert.Equal("SIGNED-IN", aws.AllHeard.Single(heard => heard.Path.StartsWith("/federation/", StringComparison.Ordinal)).Headers["x-amz-sso_bearer_token"]);
    }

    [Fact]
    public async Task A_sign_on_that_has_ended_is_said_with_how_to_renew_it()
    {
        desk.With(".aws/config", $"[profile office]\nsso_start_url = {Start}\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = Reader\n")
            .With(OfStart, $$"""{"startUrl":"{{Start}}","region":"eu-west-1","accessToken":"SIGNED-IN","expiresAt":"2020-01-01T00:00:00Z"}""");
        var said = await Explained(("AWS_PROFILE", "office"));
        Assert.Matches("asked +tags of .*profile office gives no access keys: .*With single sign-on: aws sso login --profile office", said);
        Assert.Contains("orders-db", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_identity() => await IsSignedWith(
        "ASIAWEB", "OF-WEB", ("AWS_WEB_IDENTITY_TOKEN_FILE", desk.With("token", "signed by somebody").In("token")), ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/pod"),
        ("AWS_ROLE_SESSION_NAME", "pod"));

    [Fact]
    public async Task A_program_that_prints_keys()
    {
        desk.With("keys.json", """{"Version":1,"AccessKeyId":"ASIAPROGRAM","SecretAccessKey":"secret","SessionToken":"OF-PROGRAM","Expiration":"2199-01-01T00:00:00Z"}""")
            .With(".aws/config", $"[profile office]\ncredential_process = cat {desk.In("keys.json")}\n");
        await IsSignedWith("ASIAPROGRAM", "OF-PROGRAM", ("AWS_PROFILE", "office"));
    }

    [Fact]
    public async Task The_role_of_a_container() =>
        await IsSignedWith("ASIACONTAINER", "OF-CONTAINER", ("AWS_CONTAINER_CREDENTIALS_FULL_URI", $"{aws.Address}/container"));

    [Fact]
    public async Task The_role_of_an_instance() =>
        await IsSignedWith("ASIAINSTANCE", "OF-INSTANCE", ("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.Address), ("AWS_EC2_METADATA_DISABLED", "false"));

    [Fact]
    public async Task Without_any_the_event_is_told_all_the_same()
    {
        var said = await Explained();
        Assert.Matches("asked +tags of .*no access keys were found: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile in AWS_PROFILE", said);
        Assert.Contains("orders-db", said, StringComparison.Ordinal);
    }

    private async Task IsSignedWith(string key, string? token, params (string Name, string Value)[] variables)
    {
        Assert.Contains("owner: payments, because tag team=payments", await Explained(variables), StringComparison.Ordinal);
        var asked = Assert.Single(aws.AllHeard, heard => heard.Headers.GetValueOrDefault("x-amz-target")?.EndsWith("GetResources", StringComparison.Ordinal) is true);
        Assert.Contains($"Credential={key}/", asked.Headers["authorization"], StringComparison.Ordinal);
        Assert.Equal(token, asked.Headers.GetValueOrDefault("x-amz-security-token"));
    }

    private async Task<string> Explained(params (string Name, string Value)[] variables)
    {
        Assert.SkipUnless(File.Exists(Tool), "artifacts/cli/signalbox is not there: run ./build.sh cli");
        desk.With("event.json", Event).With("signalbox.yaml", """
            rooms: { pay: local, everyone: local }
            owners: { payments: { when: tag.team = payments, room: pay } }
            routes: [ { to: owner, otherwise: everyone } ]
            lookups: { tags: true, within: 9s }
            """);
        var start = new ProcessStartInfo(Tool, ["explain", "event.json"]) { RedirectStandardOutput = true, WorkingDirectory = desk.Folder.FullName };
        start.Environment.Clear();
        var usual = new Dictionary<string, string>
        {
            ["HOME"] = desk.Folder.FullName,
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["AWS_REGION"] = "eu-west-1",
            ["AWS_ENDPOINT_URL"] = aws.Address,
            ["AWS_EC2_METADATA_DISABLED"] = "true",
        };
        foreach (var (name, value) in variables) usual[name] = value;
        foreach (var (name, value) in usual) start.Environment[name] = value;
        using var tool = Process.Start(start)!;
        var said = await tool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tool.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, tool.ExitCode);
        return said;
    }

    /// <summary>Everybody who hands out keys, and the one who is asked with them.</summary>
    private static Said Says(Heard heard) => heard switch
    {
        { Path: "/container" } => Said.Http(200, Metadata("ASIACONTAINER", "OF-CONTAINER")),
        { Method: "PUT", Path: "/latest/api/token" } => Said.Http(200, "token"),
        { Path: "/latest/meta-data/iam/security-credentials" or "/latest/meta-data/iam/security-credentials/" } => Said.Http(200, "role"),
        { Path: "/latest/meta-data/iam/security-credentials/role" } => Said.Http(200, Metadata("ASIAINSTANCE", "OF-INSTANCE")),
        _ when heard.Path.StartsWith("/federation/credentials", StringComparison.Ordinal) => Said.Http(
            200, """{"roleCredentials":{"accessKeyId":"ASIASIGNEDIN","secretAccessKey":"secret","sessionToken":"OF-SSO","expiration":7226582400000}}"""),
        _ when heard.Body.Contains("Action=AssumeRoleWithWebIdentity", StringComparison.Ordinal) => Said.Http(
            200, Taken("AssumeRoleWithWebIdentity", "ASIAWEB", "OF-WEB"), ("Content-Type", "text/xml")),
        _ when heard.Body.Contains("Action=AssumeRole", StringComparison.Ordinal) => Said.Http(
            200, Taken("AssumeRole", "ASIAASSUMED", "OF-ROLE"), ("Content-Type", "text/xml")),
        _ when heard.Headers.GetValueOrDefault("x-amz-target")?.EndsWith("GetResources", StringComparison.Ordinal) is true => Said.Http(200, """
            {"PaginationToken":"","ResourceTagMappingList":[{"ResourceARN":"arn:aws:rds:eu-west-1:123456789012:db:orders-db","Tags":[{"Key":"team","Value":"payments"}]}]}
            """),
        _ => Said.Http(404, ""),
    };

    private static string Metadata(string key, string token) => $$"""
        {"Code":"Success","Type":"AWS-HMAC","LastUpdated":"2026-03-01T00:00:00Z","AccessKeyId":"{{key}}","SecretAccessKey":"secret","Token":"{{token}}","Expiration":"2199-01-01T00:00:00Z"}
        """;

    private static string Taken(string action, string key, string token) => $"""
        <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result><Credentials><AccessKeyId>{key}</AccessKeyId>
        <SecretAccessKey>secret</SecretAccessKey><SessionToken>{token}</SessionToken><Expiration>2199-01-01T00:00:00Z</Expiration></Credentials>
        </{action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{action}Response>
        """;
}

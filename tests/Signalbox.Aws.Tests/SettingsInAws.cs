using System.Text;
using Signalbox.Effects;

namespace Signalbox.Aws.Tests;

/// <summary>Settings outside of the package, from a stand-in that takes nothing that is not signed.</summary>
public sealed class SettingsInAws : IDisposable
{
    private const string Yaml = "rooms: { ops: local }\n";
    private readonly Wire wire = new(new(new Trust(() => "", () => [])));
    private readonly Dictionary<string, string> environment = new()
    {
        ["AWS_ACCESS_KEY_ID"] = Signed.Id,
        ["AWS_SECRET_ACCESS_KEY"] = Signed.Secret,
        ["AWS_REGION"] = "eu-central-1",
    };

    public void Dispose() => wire.Dispose();

    private RemoteSettings At(string place, Standin server)
    {
        environment["AWS_ENDPOINT_URL"] = server.Address;
        environment["AWS_APPCONFIG_EXTENSION_HTTP_PORT"] = $"{server.Port}";
        return new(SettingsPlace.Read(place).Place!, () => DateTimeOffset.UtcNow, environment.GetValueOrDefault);
    }

    private Task<RemoteOutcome> Look(RemoteSettings settings) => settings.Look(wire.Send, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    private static ValueList<string> Rooms(RemoteOutcome outcome) =>
        [.. Assert.IsType<RemoteOutcome.Found>(outcome).Loaded.Settings!.Rooms.Select(room => room.Name)];

    [Fact]
    public async Task An_object_of_S3_is_read_once_and_then_only_asked_about()
    {
        var (text, tag) = (Yaml, "\"a1\"");
        using var server = new Standin(heard => heard.Headers.GetValueOrDefault("if-none-match") == tag
            ? Said.Http(304, "", ("ETag", tag)) : Said.Http(200, text, ("ETag", tag), ("x-amz-version-id", $"v-{tag[2]}")));
        var settings = At("s3://ops.settings/team a/signalbox+1.yaml", server);

        var first = await Look(settings);
        Assert.Equal(["ops"], Rooms(first));
        Assert.Equal("version v-1", ((RemoteOutcome.Found)first).Version);
        Assert.IsType<RemoteOutcome.Same>(await Look(settings));
        (text, tag) = ("{\"rooms\":{\"web\":\"local\"}}", "\"a2\"");
        Assert.Equal(["web"], Rooms(await Look(settings)));
        Assert.IsType<RemoteOutcome.Same>(await Look(settings));

        Assert.Equal(4, server.AllHeard.Count);
        Assert.All(server.AllHeard, heard => Assert.Equal(("s3", "eu-central-1"), Signed.By(heard)));
        Assert.All(server.AllHeard, heard => Assert.Equal(("GET", "/ops.settings/team%20a/signalbox%2B1.yaml"), (heard.Method, heard.Path)));
    }

    [Fact]
    public async Task A_version_and_a_region_can_be_asked_for()
    {
        using var server = new Standin(_ => Said.Http(200, Yaml, ("ETag", "\"a\""), ("x-amz-version-id", "null")));
        var outcome = Assert.IsType<RemoteOutcome.Found>(await Look(At("s3://b/k.yaml?versionId=x/1=&region=us-west-2", server)));
        Assert.Equal("ETag \"a\"", outcome.Version);
        Assert.Equal(("s3", "us-west-2"), Signed.By(server.AllHeard[0]));
        Assert.Equal("/b/k.yaml?versionId=x%2F1%3D", server.AllHeard[0].Path);
    }

    [Theory]
    [InlineData(403, "AccessDenied", "allow s3:GetObject on arn:aws:s3:::b/k.yaml, and kms:Decrypt where the object is encrypted with a key of yours. "
        + "Without s3:ListBucket a key that is missing looks the same.")]
    [InlineData(404, "NoSuchKey", "there is no such object.")]
    [InlineData(404, "NoSuchBucket", "there is no such bucket.")]
    [InlineData(301, "PermanentRedirect", "the bucket is not in eu-central-1: say where it is with ?region=REGION.")]
    [InlineData(400, "AuthorizationHeaderMalformed", "the bucket is not in eu-central-1: say where it is with ?region=REGION.")]
    public async Task What_S3_refuses_is_said_with_what_mends_it(int status, string code, string says)
    {
        using var server = new Standin(_ => Said.Http(status, $"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>No</Message></Error>"));
        Assert.Equal(new RemoteOutcome.Missing($"s3://b/k.yaml: the settings cannot be read: {says}"), await Look(At("s3://b/k.yaml", server)));
    }

    [Fact]
    public async Task A_parameter_is_told_from_the_one_before_by_its_version()
    {
        var version = 7;
        using var server = new Standin(_ => Said.Http(200, $$$"""{"Parameters":[{"Name":"/s","Value":"rooms: { ops{{{version}}}: local }","Version":{{{version}}}}]}"""));
        var settings = At("ssm:/s", server);
        var first = await Look(settings);
        Assert.Equal(["ops7"], Rooms(first));
        Assert.Equal("version 7", ((RemoteOutcome.Found)first).Version);
        Assert.IsType<RemoteOutcome.Same>(await Look(settings));
        version = 8;
        Assert.Equal(["ops8"], Rooms(await Look(settings)));
        Assert.All(server.AllHeard, heard => Assert.Equal(("ssm", "eu-central-1"), Signed.By(heard)));
    }

    [Fact]
    public async Task A_parameter_that_is_missing_or_forbidden_is_said()
    {
        using var server = new Standin(heard => heard.Body.Contains("/gone", StringComparison.Ordinal) ? Said.Http(200, """{"Parameters":[],"InvalidParameters":["/gone"]}""")
            : Said.Http(400, """{"__type":"AccessDeniedException","Message":"User: u is not authorized to perform: ssm:GetParameters on resource: arn:p because"}"""));
        Assert.Equal(
            new RemoteOutcome.Missing("ssm:/gone: the settings cannot be read: ssm:/gone is not there in eu-central-1. In another region it is named by its ARN."),
            await Look(At("ssm:/gone", server)));
        Assert.Equal(
            new RemoteOutcome.Missing("ssm:/s: the settings cannot be read: ssm:/s may not be read: allow ssm:GetParameters on arn:p."), await Look(At("ssm:/s", server)));
    }

    [Fact]
    public async Task AppConfig_is_asked_through_its_extension()
    {
        using var server = new Standin(_ => Said.Http(200, Yaml, ("Configuration-Version", "12")));
        var settings = At("appconfig:signalbox/prod/main settings", server);
        var first = await Look(settings);
        Assert.Equal(["ops"], Rooms(first));
        Assert.Equal("version 12", ((RemoteOutcome.Found)first).Version);
        Assert.IsType<RemoteOutcome.Same>(await Look(settings));
        Assert.All(server.AllHeard, heard => Assert.Equal(("GET", "/applications/signalbox/environments/prod/configurations/main%20settings", false),
            (heard.Method, heard.Path, heard.Headers.ContainsKey("authorization"))));
    }

    [Fact]
    public async Task What_the_extension_refuses_is_said()
    {
        using var server = new Standin(_ => Said.Http(404, """{"Message":"Application not found."}"""));
        Assert.Equal(new RemoteOutcome.Missing("appconfig:a/b/c: the settings cannot be read: the AppConfig extension answered 404: Application not found. "
            + "Allow appconfig:StartConfigurationSession and appconfig:GetLatestConfiguration, and see that something is deployed there."), await Look(At("appconfig:a/b/c", server)));
    }

    [Fact]
    public async Task Without_the_extension_its_layer_is_missed()
    {
        using var server = new Standin(_ => Said.Http(200, ""));
        var settings = At("appconfig:a/b/c", server);
        var port = server.Port;
        server.Dispose();
        var missing = Assert.IsType<RemoteOutcome.Missing>(await Look(settings));
        Assert.EndsWith($"does not answer on port {port} (the connection was refused): see that its layer is part of the function.", missing.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_with_errors_are_found_with_all_of_them_and_without_their_secrets()
    {
        using var server = new Standin(_ => Said.Http(200, "rooms:\n  a: { slack: { channel: x, token: xoxb-1-hunter2 } }\nroute: []\ninclude: teams/*.yaml\n", ("ETag", "\"e\"")));
        var found = Assert.IsType<RemoteOutcome.Found>(await Look(At("s3://b/k.yaml", server)));
        Assert.Null(found.Loaded.Settings);
        var all = string.Join('\n', found.Loaded.Problems);
        Assert.Contains("s3://b/k.yaml:2:", all, StringComparison.Ordinal);
        Assert.Contains("s3://b/k.yaml:3:1: ", all, StringComparison.Ordinal);
        Assert.Contains("s3://b/k.yaml:4:10: include works in files only", all, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_in_time_is_said()
    {
        using var server = new Standin(_ => Said.Raw("", Ending.Stalls));
        Assert.Equal(new RemoteOutcome.Missing("s3://b/k.yaml: the settings could not be read within 0.3 s."),
            await At("s3://b/k.yaml", server).Look(wire.Send, TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_no_settings()
    {
        using var server = new Standin(_ => new([.. Encoding.ASCII.GetBytes("HTTP/1.1 200 Said\r\nContent-Length: 3\r\n\r\n"), 0x1F, 0x8B, 0x08], Ending.StaysOpen));
        Assert.Equal(new RemoteOutcome.Missing("s3://b/k.yaml: the settings cannot be read: expected text in UTF-8, found other bytes."), await Look(At("s3://b/k.yaml", server)));
    }
}

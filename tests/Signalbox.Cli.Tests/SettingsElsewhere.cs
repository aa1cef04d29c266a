using Signalbox.Standins;

namespace Signalbox.Tests;

/// <summary>Settings and stores that the tool finds in AWS.</summary>
public sealed class SettingsElsewhere : IDisposable
{
    private readonly Desk desk = new();

    public void Dispose() => desk.Dispose();

    private void Aws(Standin server)
    {
        desk.Variables["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
        desk.Variables["AWS_SECRET_ACCESS_KEY"] = "key";
        desk.Variables["AWS_REGION"] = "eu-west-1";
        desk.Variables["AWS_ENDPOINT_URL"] = server.Address;
    }

    [Fact]
    public async Task Settings_in_S3_are_checked_where_they_are()
    {
        using var server = new Standin(_ => Said.Http(200, "rooms: { ops: local, web: local }\n", ("ETag", "\"a\"")));
        Aws(server);
        var typed = await desk.Type("check", "--config", "s3://ops/signalbox.yaml");
        Assert.Equal((0, "s3://ops/signalbox.yaml: 2 rooms, 0 routes, no tests\n", ""), (typed.Code, typed.Out, typed.Error));
    }

    [Fact]
    public async Task Mistakes_in_them_have_their_place()
    {
        using var server = new Standin(_ => Said.Http(200, """{"Parameters":[{"Name":"/s","Version":1,"Value":"rooms: { ops: locl }"}]}"""));
        Aws(server);
        desk.Variables["SIGNALBOX_CONFIG"] = "ssm:/s";
        var typed = await desk.Type("check");
        Assert.Equal(2, typed.Code);
        Assert.StartsWith("ssm:/s:1:15: expected ", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_read_is_said()
    {
        using var server = new Standin(_ => Said.Http(404, "<Error><Code>NoSuchKey</Code></Error>"));
        Aws(server);
        var typed = await desk.Type("check", "s3://ops/none.yaml");
        Assert.Equal((2, "signalbox: s3://ops/none.yaml: the settings cannot be read: there is no such object.\n"), (typed.Code, typed.Error));
        typed = await desk.Type("check", "s3://ops");
        Assert.StartsWith("signalbox: expected a file, s3://BUCKET/KEY, ssm:NAME or appconfig:", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_carries_no_settings_that_lie_elsewhere()
    {
        var typed = await desk.Type("package", "--config", "s3://ops/signalbox.yaml");
        Assert.Equal((2, "signalbox: expected a file with settings to carry, found s3://ops/signalbox.yaml. The function reads it there: give it SIGNALBOX_CONFIG, "
            + "and package without settings.\n"), (typed.Code, typed.Error));
    }

    [Fact]
    public async Task The_store_may_be_named_by_a_secret()
    {
        using var server = new Standin(_ => Said.Http(200, """{"Parameters":[{"Name":"/store","Version":1,"Value":"sqlite:here.db"}]}"""));
        Aws(server);
        desk.With("signalbox.yaml", "rooms: { ops: local }\nstore: ssm:/store\n");
        var typed = await desk.Type("store", "status");
        Assert.Equal(("", 0), (typed.Error, typed.Code));
        Assert.True(File.Exists(desk.In("here.db")));
    }

    [Fact]
    public async Task A_store_that_no_secret_names_is_said()
    {
        using var server = new Standin(_ => Said.Http(200, """{"Parameters":[],"InvalidParameters":["/store"]}"""));
        Aws(server);
        desk.With("signalbox.yaml", "rooms: { ops: local }\nstore: ssm:/store\n");
        var typed = await desk.Type("store", "status");
        Assert.StartsWith("signalbox: store: ssm:/store is not there in eu-west-1.", typed.Error, StringComparison.Ordinal);
        Assert.Equal(2, typed.Code);
    }
}

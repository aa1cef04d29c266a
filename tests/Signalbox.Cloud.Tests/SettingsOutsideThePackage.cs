using System.Text;

namespace Signalbox.CloudTests;

/// <summary>What a function needs follows from the settings that it goes by, wherever they lie.</summary>
public sealed class SettingsOutsideThePackage : IDisposable
{
    private readonly Watch watch = new();

    public SettingsOutsideThePackage()
    {
        watch.Remove("functions/alerts/bootstrap");
        watch.Write("bin/bootstrap", "binary");
        watch.Write("functions/alerts/signalbox.yaml", "rooms: { alerts: { slack: { webhook: \"ssm:/packed\" } } }\n");
    }

    public void Dispose() => watch.Dispose();

    [Fact]
    public async Task Rights_are_those_of_the_settings_in_S3()
    {
        watch.Town.Aws.S3.Put("ops", "signalbox.yaml", Encoding.UTF8.GetBytes("rooms: { alerts: { slack: { webhook: \"ssm:/stored\" } } }"), DateTimeOffset.UnixEpoch);
        Assert.Equal(0, (await Deploy("s3://ops/signalbox.yaml")).Code);
        Assert.Contains("parameter/stored", Rights, StringComparison.Ordinal);
        Assert.DoesNotContain("parameter/packed", Rights, StringComparison.Ordinal);
        var doctor = await watch.Type("doctor", "--set", "SIGNALBOX_CONFIG=s3://ops/signalbox.yaml", "--bootstrap", "bin/bootstrap");
        Assert.Contains("s3://ops/signalbox.yaml: 1 room (alerts)", doctor.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_not_there_are_put_there_first()
    {
        watch.Town.Aws.S3.Put("ops", "other", [1], DateTimeOffset.UnixEpoch);
        var typed = await Deploy("s3://ops/signalbox.yaml");
        Assert.Equal(1, typed.Code);
        Assert.StartsWith("signalbox: alerts: s3://ops/signalbox.yaml: the settings cannot be read: ", typed.Error, StringComparison.Ordinal);
        Assert.EndsWith("The function does not start without them: put them there first.\nNothing was changed.\n", typed.Error, StringComparison.Ordinal);
        Assert.Empty(watch.Town.Aws.Iam.Roles);
    }

    [Fact]
    public async Task Settings_with_errors_are_shown_and_nothing_is_changed()
    {
        watch.Town.Aws.S3.Put("ops", "signalbox.yaml", Encoding.UTF8.GetBytes("rooms: { alerts: { slak: 1 } }"), DateTimeOffset.UnixEpoch);
        var typed = await Deploy("s3://ops/signalbox.yaml");
        Assert.Equal(1, typed.Code);
        Assert.Contains("s3://ops/signalbox.yaml:1:20: expected a key of a room", typed.Error, StringComparison.Ordinal);
        Assert.Empty(watch.Town.Aws.Iam.Roles);
    }

    [Fact]
    public async Task What_only_the_function_can_see_is_said()
    {
        var typed = await Deploy("appconfig:ops/prod/signalbox");
        Assert.Equal((0, ""), (typed.Code, typed.Error));
        Assert.Contains("alerts: appconfig:ops/prod/signalbox is read by the function alone: what its settings may need besides those of signalbox.yaml, secrets above all, "
            + "has to stand in policy.json", typed.Out, StringComparison.Ordinal);
        Assert.Contains("parameter/packed", Rights, StringComparison.Ordinal);
    }

    private string Rights => string.Concat(watch.Town.Aws.Iam.Roles.Values.SelectMany(role => role.Policies.Values));

    private Task<(int Code, string Out, string Error)> Deploy(string config) =>
        watch.Type("deploy", "--set", $"SIGNALBOX_CONFIG={config}", "--bootstrap", "bin/bootstrap");
}

namespace Signalbox.Deploy.Tests;

/// <summary>Rights that follow from secrets in AWS and from settings that lie there.</summary>
public sealed class RightsToRead
{
    private static ValueList<string> Rights(Settings? settings, string? config = null) =>
    [
        .. from statement in Policy.Of(Ops.Release(Ops.Bare with { Environment = config is null ? [] : [new("SIGNALBOX_CONFIG", config)] }) with { Settings = settings })
           where statement.Sid is not "Logs"
           select $"{statement.Sid} {string.Join(' ', statement.Actions)} {string.Join(' ', statement.Resources)}",
    ];

    private static Settings With(params string[] references) => Settings.None with
    {
        Rooms = [.. references.Select((reference, number) => new Room { Name = $"r{number}", Chat = "slack", Options = [new("token", reference)] })],
    };

    [Fact]
    public void Each_secret_is_named_by_its_ARN_as_far_as_it_is_known() => Assert.Equal(
    [
        "Parameters ssm:GetParameters arn:aws:ssm:eu-west-1:123456789012:parameter/a/b arn:aws:ssm:eu-west-1:123456789012:parameter/plain "
            + "arn:aws:ssm:us-west-2:210987654321:parameter/c",
        "Secrets secretsmanager:GetSecretValue arn:aws:secretsmanager:eu-west-1:123456789012:secret:chats-?????? "
            + "arn:aws:secretsmanager:us-east-1:123456789012:secret:x-AbCdEf",
        "Ciphertexts kms:Decrypt arn:aws:kms:eu-west-1:123456789012:key/*",
    ],
        Rights(With("ssm:/a/b:3", "ssm:plain", "ssm:plain", "ssm:arn:aws:ssm:us-west-2:210987654321:parameter/c:live", "secretsmanager:chats#one",
            "secretsmanager:chats#two", "secretsmanager:arn:aws:secretsmanager:us-east-1:123456789012:secret:x-AbCdEf#k", "kms:AQID", "env:TOKEN")));

    [Fact]
    public void The_store_and_what_Slack_signs_with_count_too() => Assert.Equal(
        ["Parameters ssm:GetParameters arn:aws:ssm:eu-west-1:123456789012:parameter/signs arn:aws:ssm:eu-west-1:123456789012:parameter/store"],
        Rights(Settings.None with { Store = "ssm:/store", SlackApp = new("ssm:/signs", "ssm:/of-the-server-alone", []) }));

    [Theory]
    [InlineData("s3://ops/team/signalbox.yaml", "SettingsObject s3:GetObject arn:aws:s3:::ops/team/signalbox.yaml")]
    [InlineData("s3://ops/k?versionId=1", "SettingsVersion s3:GetObjectVersion arn:aws:s3:::ops/k")]
    [InlineData("ssm:/settings:live", "Parameters ssm:GetParameters arn:aws:ssm:eu-west-1:123456789012:parameter/settings")]
    [InlineData("appconfig:abc1234/def5678/prod settings",
        "SettingsProfile appconfig:StartConfigurationSession appconfig:GetLatestConfiguration "
        + "arn:aws:appconfig:eu-west-1:123456789012:application/abc1234/environment/def5678/configuration/*")]
    public void Settings_that_lie_elsewhere_may_be_read(string config, string right) => Assert.Equal([right], Rights(null, config));

    [Fact]
    public void Without_any_of_it_there_is_no_right_to_read() => Assert.Empty(Rights(With("env:TOKEN"), "signalbox.yaml"));
}

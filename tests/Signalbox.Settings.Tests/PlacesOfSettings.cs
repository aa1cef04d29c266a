namespace Signalbox.Tests;

/// <summary>How places and references outside of this machine are written.</summary>
public class PlacesOfSettings
{
    [Theory]
    [InlineData("s3://bucket/key.yaml", true)]
    [InlineData("S3://bucket/key.yaml", true)]
    [InlineData("ssm:/signalbox/settings", true)]
    [InlineData("appconfig:a/b/c", true)]
    [InlineData("signalbox.yaml", false)]
    [InlineData("/etc/ssm/signalbox.yaml", false)]
    [InlineData("C:\\signalbox.yaml", false)]
    public void A_place_is_told_from_a_path(string text, bool isOne) => Assert.Equal(isOne, SettingsPlace.IsOne(text));

    [Fact]
    public void A_place_says_what_it_names()
    {
        Assert.Equal(new SettingsPlace.Object("b.c", "team/k.yaml", null, null), SettingsPlace.Read("s3://b.c/team/k.yaml").Place);
        Assert.Equal(new SettingsPlace.Object("b", "k", "v1", "us-east-1"), SettingsPlace.Read("s3://b/k?versionId=v1&region=us-east-1").Place);
        Assert.Equal(new SettingsPlace.Parameter("/s:7"), SettingsPlace.Read("ssm:/s:7").Place);
        Assert.Equal(new SettingsPlace.Profile("a", "prod", "p"), SettingsPlace.Read("appconfig:a/prod/p").Place);
    }

    [Theory]
    [InlineData("s3://bucket", "A bucket and a key are needed: s3://BUCKET/KEY.")]
    [InlineData("s3:///key", "A bucket and a key are needed: s3://BUCKET/KEY.")]
    [InlineData("s3://Bucket/key", "A bucket's name has small letters, digits, dots and hyphens.")]
    [InlineData("s3://b/k?version=1", "Behind the ? may stand versionId=ID and region=REGION, with & between them.")]
    [InlineData("ssm:a/b", "A name with a / in it begins with one: ssm:/a/b")]
    [InlineData("appconfig:a/b", "Names or ids of an application, an environment and a profile are needed, with / between them.")]
    public void A_place_that_is_not_whole_is_refused_with_what_is_missing(string text, string help)
    {
        var (place, fault) = SettingsPlace.Read(text);
        Assert.Null(place);
        Assert.Equal($"expected a file, s3://BUCKET/KEY, ssm:NAME or appconfig:APPLICATION/ENVIRONMENT/PROFILE, found \"{text}\". {help}", fault);
    }

    [Theory]
    [InlineData("ssm:slack-token", null)]
    [InlineData("ssm:/signalbox/slack.token_1:3", null)]
    [InlineData("ssm:arn:aws-us-gov:ssm:us-gov-west-1:123456789012:parameter/a/b", "us-gov-west-1")]
    [InlineData("secretsmanager:prod/slack+1=a.b@c-d", null)]
    [InlineData("secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:slack-AbCdEf#token", "eu-west-1")]
    public void A_reference_comes_back_as_it_was_written_and_knows_its_region(string text, string? region)
    {
        var reference = VaultReference.Read(text);
        Assert.Equal((text, region), ($"{reference}", reference!.Region));
    }

    [Fact]
    public void A_ciphertext_is_decoded_to_see_that_it_is_one_and_shown_cut()
    {
        Assert.Equal("kms:AQICAHhUbFnY…", $"{VaultReference.Read($"kms:AQICAHhUbFnY{new string('A', 200)}")}");
        Assert.Equal("kms:AQID…", $"{VaultReference.Read("kms:AQID")}");
        Assert.NotNull(VaultReference.Read($"kms:{Convert.ToBase64String(new byte[6_144])}"));
        Assert.Equal("KMS decrypts 6144 bytes at most, these are 6145.", VaultReference.Fault($"kms:{Convert.ToBase64String(new byte[6_145])}"));
    }

    [Fact]
    public void What_a_function_reads_when_it_starts_is_known_from_its_settings()
    {
        var settings = Effects.SettingsFile.ReadAlone("""
            rooms:
              a: { slack: { channel: "#a", token: "secretsmanager:chats#slack" } }
              b: { slack: { webhook: ssm:/hook } }
              c: { telegram: { chat: "1", token: "secretsmanager:chats#telegram" } }
              d: { slack: { channel: "ssm:/no-secret", token: env:SLACK } }
            slack-app: { signing-secret: "kms:AQID", app-token: ssm:/app }
            store: ssm:/store
            """, "settings").Settings!;
        Assert.Equal(["secretsmanager:chats", "ssm:/hook", "kms:AQID…", "ssm:/store"], VaultReference.Needed(settings).Select(reference => $"{reference}"));
        Assert.Empty(VaultReference.Needed(Effects.SettingsFile.ReadAlone("rooms: { a: local }", "settings").Settings!));
    }

    [Theory]
    [InlineData(" {\"rooms\":{\"a\":\"local\"}}", "a")]
    [InlineData("{ rooms: { b: local } }", "b")]
    [InlineData("rooms:\n  c: local\n", "c")]
    public void Settings_from_elsewhere_are_JSON_or_YAML_by_how_they_begin(string text, string room) =>
        Assert.Equal(room, Assert.Single(Effects.SettingsFile.ReadAlone(text, "s3://b/k").Settings!.Rooms).Name);
}

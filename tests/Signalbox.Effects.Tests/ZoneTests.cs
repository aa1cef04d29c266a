namespace Signalbox.Effects.Tests;

public sealed class ZoneTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-07-01T00:00:00Z", 120)]
    [InlineData("Europe/Berlin", "2026-11-22T00:00:00Z", 60)]
    [InlineData("America/New_York", "2026-11-22T00:00:00Z", -300)]
    [InlineData("Asia/Kolkata", "2040-01-01T00:00:00Z", 330)]
    [InlineData("UTC", "2026-11-22T00:00:00Z", 0)]
    public void What_we_brought_is_as_the_machine_has_it(string zone, string at, int minutes)
    {
        var instant = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(TimeSpan.FromMinutes(minutes), Zones.Brought(zone)!(instant));
        Assert.Equal(TimeSpan.FromMinutes(minutes), Zones.Offset(zone, instant));
    }

    [Theory]
    [InlineData("Europe/Berln", "Did you mean \"Europe/Berlin\"? ")]
    [InlineData("Middle/Earth", "")]
    public void A_zone_that_there_is_none_of_is_shown_where_it_stands(string zone, string advice)
    {
        Assert.Null(Zones.Offset(zone, DateTimeOffset.UnixEpoch));
        var loaded = SettingsFile.Read($$"""
            rooms: { ops: local }
            owners:
              night: { when: "tag.team = night", room: ops, hours: "mon-fri 22:00-06:00 {{zone}}" }
            """, "signalbox.yaml", "signalbox.yaml");
        Assert.NotNull(loaded.Settings);
        var warning = Assert.Single(loaded.Warnings);
        Assert.StartsWith(
            $"signalbox.yaml:3:77: warning: expected a time zone of the IANA, as in Europe/Berlin, found \"{zone}\". {advice}Until it is mended these hours count as UTC.",
            warning, StringComparison.Ordinal);
        Assert.EndsWith(new string('^', zone.Length), warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Zones_that_there_are_give_no_warning() => Assert.Empty(
        SettingsFile.Read("silences: [ { when: \"severity < error\", hours: \"22:00-06:00 Asia/Tokyo\" }, { when: \"kind = x\", hours: \"mon 10:00-11:00\" } ]", "s.yaml", "s.yaml")
            .Warnings);
}

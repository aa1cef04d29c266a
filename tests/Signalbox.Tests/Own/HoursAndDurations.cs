namespace Signalbox.Tests;

/// <summary>Hours of the week and time spans as people write them.</summary>
public class HoursAndDurations
{
    [Theory]
    [InlineData("mon-fri 08:00-18:00", "2026-11-20T08:00:00Z", true)]
    [InlineData("mon-fri 08:00-18:00", "2026-11-20T18:00:00Z", false)]
    [InlineData("mon-fri 08:00-18:00", "2026-11-21T12:00:00Z", false)]
    [InlineData("sat,sun 00:00-24:00", "2026-11-22T23:59:59Z", true)]
    [InlineData("fri-mon 22:00-06:00", "2026-11-24T05:59:00Z", true)]
    [InlineData("fri-mon 22:00-06:00", "2026-11-24T22:00:00Z", false)]
    [InlineData("22:00-06:00", "2026-11-24T23:00:00Z", true)]
    [InlineData("mon-fri 08:00-18:00 Europe/Berlin", "2026-11-20T07:30:00Z", true)]
    [InlineData("mon-fri 08:00-18:00 Europe/Berlin", "2026-11-20T17:30:00Z", false)]
    public void Hours_hold_when_clocks_there_say_so(string text, string at, bool holds) =>
        Assert.Equal(holds, Hours.Read(text)!.Holds(At(at)));

    [Theory]
    [InlineData("")]
    [InlineData("always")]
    [InlineData("08:00")]
    [InlineData("08:00-25:00")]
    [InlineData("mon-fri")]
    [InlineData("mon-fry 08:00-18:00")]
    [InlineData("08:00-18:00 mon-fri")]
    [InlineData("08:00-18:00 Europe/Berlin again")]
    public void What_is_no_hours_is_nothing(string text) => Assert.Null(Hours.Read(text));

    [Fact]
    public void A_zone_that_nobody_knows_counts_as_UTC() => Assert.True(Hours.Read("08:00-09:00 Mars/Phobos")!.Holds(At("2026-11-20T08:30:00Z")));

    [Fact]
    public void Hours_say_when_they_change()
    {
        var hours = Hours.Read("mon-fri 08:00-18:00")!;
        Assert.Equal("2026-11-20T18:00:00.0000000+00:00", hours.Changes(At("2026-11-20T12:34:56Z")).ToString("O"));
        Assert.Equal("2026-11-23T08:00:00.0000000+00:00", hours.Changes(At("2026-11-20T18:00:00Z")).ToString("O"));
    }

    [Theory]
    [InlineData("800ms", 0.8)]
    [InlineData("90s", 90.0)]
    [InlineData("10m", 600.0)]
    [InlineData("2h", 7200.0)]
    [InlineData("1d", 86400.0)]
    [InlineData("", null)]
    [InlineData("10", null)]
    [InlineData("m", null)]
    [InlineData("-1m", null)]
    [InlineData("1 m", null)]
    [InlineData("99999999999999999999d", null)]
    [InlineData("4000000d", null)]
    public void Time_spans_are_read(string text, double? seconds) => Assert.Equal(seconds, Durations.Read(text)?.TotalSeconds);

    private static Moment At(string text) => new(Instants.Read(text)!.Value, (zone, _) => zone switch
    {
        "UTC" => TimeSpan.Zero,
        "Europe/Berlin" => TimeSpan.FromHours(1),
        _ => null,
    });

    [Theory]
    [InlineData(null, "2026-11-20T14:00:00Z", null, "", "silence s1 by anna until Nov 20 14:00 UTC")]
    [InlineData(null, "2026-11-20T14:00:00Z", "08:00-18:00", "we deploy", "silence s1 by anna until Nov 20 14:00 UTC: we deploy")]
    [InlineData(null, "2026-11-20T20:00:00Z", "08:00-18:00", "", "silence s1 by anna until Nov 20 18:00 UTC")]
    [InlineData("2026-11-20T12:00:00Z", null, "08:00-18:00", "", "silence s1 by anna until Nov 20 18:00 UTC")]
    [InlineData("2026-11-20T12:00:01Z", null, "08:00-18:00", "", null)]
    [InlineData(null, "2026-11-20T12:00:00Z", null, "", null)]
    [InlineData(null, "2026-11-20T14:00:00Z", "13:00-18:00", "", null)]
    public void A_silence_holds_between_its_ends_and_in_its_hours(string? from, string? until, string? hours, string comment, string? because)
    {
        var silence = new Silence
        {
            Id = "s1",
            When = WhenOutcome.Of("source = rds", []).When!,
            Text = "source = rds",
            By = "anna",
            From = from is null ? null : At(from).Now,
            Until = until is null ? null : At(until).Now,
            Hours = hours is null ? null : Hours.Read(hours),
            Comment = comment,
        };
        var noon = At("2026-11-20T12:00:00Z");
        Assert.Equal(because is not null, silence.Holds(noon));
        if (because is not null) Assert.Equal(because, silence.Because(noon));
    }
}

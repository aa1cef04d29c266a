using FsCheck;
using FsCheck.Fluent;

namespace Signalbox.Tests.Deliver;

public class BucketTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private static List<double?> Waits(Pace pace, TimeSpan most, params double[] at)
    {
        var bucket = Bucket.Full(pace, Noon);
        var waits = new List<double?>();
        foreach (var second in at)
        {
            (bucket, var wait) = bucket.Take(pace, Noon.AddSeconds(second), most);
            waits.Add(wait?.TotalSeconds);
        }
        return waits;
    }

    [Fact]
    public void A_burst_goes_out_at_once_and_the_rest_one_a_second() =>
        Assert.Equal([0, 0, 0, 1, 2, 3], Waits(new(1, 3), Long, 0, 0, 0, 0, 0, 0));

    [Fact]
    public void A_room_may_take_two_a_second_or_one_in_two() =>
        Assert.Equal([0, 0.5, 0, 0, 2, 3], [.. Waits(new(2, 1), Long, 0, 0, 1.5), .. Waits(new(0.5, 1), Long, 0, 0, 1)]);

    [Fact]
    public void A_pause_fills_the_bucket_to_its_brim_and_no_further() =>
        Assert.Equal([0, 0, 0, 0, 1], Waits(new(1, 2), Long, 0, 0, 600, 600, 600));

    [Fact]
    public void A_wait_that_is_too_long_takes_no_place() =>
        Assert.Equal([0, 1, null, null, 0], Waits(new(1, 1), TimeSpan.FromSeconds(1), 0, 0, 0, 0, 2));

    [Fact]
    public void A_clock_that_steps_back_gives_nothing_away() =>
        Assert.Equal([0, 1, 2], Waits(new(1, 1), Long, 10, -600, 10));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, -1)]
    [InlineData(double.NaN, 1)]
    public void A_pace_that_makes_no_sense_still_lets_messages_through(double perSecond, int burst) =>
        Assert.Equal([0, 1], Waits(new(perSecond, burst), Long, 0, 0));

    [Fact]
    public void However_they_come_no_more_go_out_than_the_pace_allows() => Prop.ForAll<NonNegativeInt[], PositiveInt>((gaps, burst) =>
    {
        var pace = new Pace(2, burst.Get);
        var (bucket, now) = (Bucket.Full(pace, Noon), Noon);
        var out_ = new List<DateTimeOffset>();
        foreach (var gap in gaps)
        {
            now = now.AddMilliseconds(gap.Get * 10);
            (bucket, var wait) = bucket.Take(pace, now, Long);
            if (wait is { } turn) out_.Add(now + turn);
        }
        return Enumerable.Range(0, out_.Count).All(first => Enumerable.Range(first, out_.Count - first).All(last =>
            last - first + 1 <= burst.Get + 2 * (out_[last] - out_[first]).TotalSeconds + 1.001));
    }).Check(Searches.Of(100));
}

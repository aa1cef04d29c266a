using FsCheck;
using FsCheck.Fluent;

namespace Signalbox.Tests.Deliver;

public class RetryTests
{
    private static Delivery.Later Later(double? seconds) =>
        new(seconds is { } after ? TimeSpan.FromSeconds(after) : null, "answered 503");

    [Theory]
    [InlineData(1, null, 8.0, 1.0, 0.2)]
    [InlineData(2, null, 8.0, 1.0, 0.4)]
    [InlineData(3, null, 8.0, 0.5, 0.4)]
    [InlineData(5, null, 8.0, 1.0, 3.2)]
    [InlineData(1, null, 8.0, 0.0, 0.0)]
    [InlineData(1, 3.0, 8.0, 0.0, 3.0)]
    [InlineData(4, 0.0, 8.0, 1.0, 0.0)]
    [InlineData(1, -5.0, 8.0, 1.0, 0.0)]
    [InlineData(1, 3.0, 3.2, 0.0, 3.0)]
    public void An_attempt_is_repeated_after(int attempt, double? asked, double left, double chance, double seconds) =>
        Assert.Equal(new Next.Again(TimeSpan.FromSeconds(seconds)), Retry.After(attempt, Later(asked), TimeSpan.FromSeconds(left), chance));

    [Theory]
    [InlineData(1, 30.0, 8.0, "asked to wait 30 s, which is past the deadline")]
    [InlineData(1, 3.0, 3.1, "asked to wait 3 s, which is past the deadline")]
    [InlineData(2, null, 0.1, "no time was left for another attempt after 2")]
    [InlineData(1, 0.0, -1.0, "asked to wait 0 s, which is past the deadline")]
    [InlineData(6, null, 600.0, "gave up after 6 attempts")]
    public void An_attempt_is_the_last_because(int attempt, double? asked, double left, string why) =>
        Assert.Equal(new Next.GiveUp(why), Retry.After(attempt, Later(asked), TimeSpan.FromSeconds(left), 1));

    [Theory]
    [InlineData(60.0, 5.0)]
    [InlineData(2.0, 2.0)]
    public void An_attempt_may_take_until_the_deadline_but_no_longer_than_five_seconds(double left, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Retry.Allowance(TimeSpan.FromSeconds(left)));

    [Fact]
    public void No_wait_ever_passes_the_deadline() => Prop.ForAll<int, int?, int>((attempt, asked, left) =>
    {
        var time = TimeSpan.FromMilliseconds(left * 10);
        var next = Retry.After(attempt, Later(asked), time, Math.Abs(attempt % 100) / 100.0);
        return next.Match(again => again.For >= TimeSpan.Zero && again.For + Retry.LeastAttempt <= time, giveUp => giveUp.Why.Length > 0);
    }).Check(Searches.Of(100));

    [Fact]
    public void The_time_that_a_chat_asks_for_is_kept_exactly_whatever_chance_says() => Prop.ForAll<PositiveInt, int>((asked, chance) =>
        Retry.After(1, Later(asked.Get), TimeSpan.FromDays(30), chance) == new Next.Again(TimeSpan.FromSeconds(asked.Get)))
        .Check(Searches.Of(100));
}

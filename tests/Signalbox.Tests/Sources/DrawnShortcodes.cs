namespace Signalbox.Tests;

/// <summary>Names of pictures between colons.</summary>
public class DrawnShortcodes
{
    [Theory]
    [InlineData(":warning: Queue is growing", "⚠️ Queue is growing")]
    [InlineData("Done :tada:", "Done 🎉")]
    [InlineData(":x::fire: (:eyes:)", "❌🔥 (👀)")]
    [InlineData(":no_such_sign: :x:", ":no_such_sign: ❌")]
    [InlineData("at 10:15:30, ratio 1:2", "at 10:15:30, ratio 1:2")]
    [InlineData("arn:aws:cloud:eu-west-1:123456789012:key:x:y", "arn:aws:cloud:eu-west-1:123456789012:key:x:y")]
    [InlineData("", "")]
    [InlineData(":", ":")]
    [InlineData("::", "::")]
    [InlineData(":x", ":x")]
    public void Those_that_are_known_become_characters_and_nothing_else_changes(string written, string drawn) => Assert.Equal(drawn, Shortcodes.Drawn(written));
}

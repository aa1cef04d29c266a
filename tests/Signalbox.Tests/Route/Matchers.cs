namespace Signalbox.Tests;

public sealed class Matchers
{
    [Theory]
    [InlineData("alertname=DiskFull", "alertname=\"DiskFull\"")]
    [InlineData("alertname = \"Disk Full\"", "alertname=\"Disk Full\"")]
    [InlineData("{a=\"b\", c=~\"d|e\",f!=\"\"}", "a=\"b\" c=~\"d|e\" f!=\"\"")]
    [InlineData("a!~b.*", "a!~\"b.*\"")]
    [InlineData("a=\"x\\\"y\\\\z\"", "a=\"x\\\"y\\\\z\"")]
    [InlineData("a=", "a=\"\"")]
    public void They_are_read_as_Alertmanager_writes_them(string text, string read) => Assert.Equal((read, null), (string.Join(' ', Matcher.Read(text).Matchers), Matcher.Read(text).Fault));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("a")]
    [InlineData("=b")]
    [InlineData("a=\"b")]
    [InlineData("a=~(")]
    [InlineData("1a=b")]
    [InlineData("a b=c")]
    public void What_is_none_is_said_in_words(string text) => Assert.Contains("expected", Matcher.Read(text).Fault, StringComparison.Ordinal);

    [Fact]
    public void As_a_condition_each_takes_the_notices_whose_labels_it_takes()
    {
        string?[] labels = [null, "", "b", "B", "bb", "a\"b", "a'b", "a\"'b", "x.y", "x y", "1"];
        foreach (var value in (string[])["", "b", "a\"b", "a'b", "a\"'b", "x.y", "b|1", ".*", ".+", "b*", "x\\.y", "[\"']", "(?:a[\"'])+b"])
        {
            foreach (var (isPattern, isEqual) in ((bool, bool)[])[(false, true), (false, false), (true, true), (true, false)])
            {
                var matcher = new Matcher("label", value, isPattern, isEqual);
                var condition = WhenOutcome.Of(matcher.Condition, []);
                Assert.True(condition.Fault is null, $"{matcher}: {matcher.Condition}: {condition.Fault?.Says}");
                foreach (var label in labels)
                {
                    // A condition compares without case, where Alertmanager compares with it; an empty label is not there in either.
                    if (label is "B" && !isPattern || label is "") continue;
                    var notice = new Notice { Source = "x", Kind = "x", Title = "x", Severity = Severity.Info, Status = Status.Raised, Tags = label is null ? [] : [new("label", label)] };
                    Assert.True(matcher.Takes(label ?? "") == condition.When!.Holds(notice), $"{matcher} as {matcher.Condition} on {label ?? "none"}");
                }
            }
        }
    }
}

using System.Text;

namespace Signalbox.Tests;

/// <summary>How an event finds its row.</summary>
public class KeyTests
{
    [Fact]
    public void A_member_whose_name_is_the_event_leads_to_its_row() => Assert.Equal("elasticache", RowOf("""{"ElastiCache:SomethingNew":"cache-1"}"""));

    [Fact]
    public void A_member_that_only_begins_alike_does_not() => Assert.Null(RowOf("""{"ElastiCacheish":"cache-1","Elasti:Cache":"x"}"""));

    [Fact]
    public void A_partner_is_known_by_the_beginning_of_its_name() =>
        Assert.Equal("partner", RowOf("""{"detail-type":"Ping","source":"aws.partner/example.com/1","detail":{"a":1}}"""));

    [Fact]
    public void A_publisher_that_only_ends_like_a_partner_is_none() =>
        Assert.Null(RowOf("""{"detail-type":"Ping","source":"my.aws.partner/example.com","detail":{"a":1}}"""));

    [Theory]
    [InlineData("""{"source":"custom","version":"1.0","content":{"description":"x"}}""", "custom")]
    [InlineData("""{"source":"orders","version":"1.0","content":{"description":"x"}}""", null)]
    public void A_member_may_have_to_say_a_certain_word(string json, string? row) => Assert.Equal(row, RowOf(json));

    private static string? RowOf(string json) => Sources.Find(Pipeline.Decode(Encoding.UTF8.GetBytes(json))[0])?.Source.Name;
}

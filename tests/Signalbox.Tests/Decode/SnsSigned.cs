using System.Text;

namespace Signalbox.Tests;

public sealed class SnsSigned
{
    [Fact]
    public void A_notification_is_signed_over_six_values_each_with_its_name() => Assert.Equal(
        "Message\nfull \"90 %\"\nü\nMessageId\n1\nSubject\nS\nTimestamp\n2026-11-22T12:00:00.000Z\nTopicArn\narn:aws:sns:eu-west-1:1:t\nType\nNotification\n",
        Canonical("""
            {"Type":"Notification","Message":"full \"90 %\"\n\u00fc","MessageId":"1","Subject":"S","Timestamp":"2026-11-22T12:00:00.000Z",
            "TopicArn":"arn:aws:sns:eu-west-1:1:t","MessageAttributes":{"a":{"Type":"String","Value":"b"}},"UnsubscribeURL":"https://x"}
            """));

    [Theory]
    [InlineData("")]
    [InlineData("\"Subject\":null,")]
    public void Without_a_subject_it_is_signed_without_one(string subject) => Assert.DoesNotContain(
        "Subject", Canonical($$"""{"Type":"Notification",{{subject}}"Message":"m","MessageId":"1","Timestamp":"t","TopicArn":"a"}"""), StringComparison.Ordinal);

    [Fact]
    public void A_confirmation_is_signed_over_its_address_and_token() => Assert.Equal(
        "Message\nm\nMessageId\n1\nSubscribeURL\nu\nTimestamp\nt\nToken\nk\nTopicArn\na\nType\nSubscriptionConfirmation\n",
        Canonical("""{"Type":"SubscriptionConfirmation","Message":"m","MessageId":"1","SubscribeURL":"u","Timestamp":"t","Token":"k","TopicArn":"a","Subject":"no"}"""));

    [Theory]
    [InlineData("""{"Type":"Notification","Message":"m","MessageId":"1","Timestamp":"t"}""")]
    [InlineData("""{"Type":"Notification","Message":{"a":1},"MessageId":"1","Timestamp":"t","TopicArn":"a"}""")]
    [InlineData("""{"Type":"Other","Message":"m","MessageId":"1","Timestamp":"t","TopicArn":"a"}""")]
    [InlineData("[]")]
    public void What_lacks_a_signed_value_is_no_message(string json) => Assert.Null(SnsSigning.Canonical(Json.Parse(Encoding.UTF8.GetBytes(json)).Value));

    private static string Canonical(string json) => Encoding.UTF8.GetString(SnsSigning.Canonical(Json.Parse(Encoding.UTF8.GetBytes(json)).Value)!);
}

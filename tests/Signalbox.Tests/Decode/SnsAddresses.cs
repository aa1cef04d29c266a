namespace Signalbox.Tests;

/// <summary>Which addresses are SNS's own, judged by what a message says of itself.</summary>
public class SnsAddresses
{
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:alerts";
    private const string InChina = "arn:aws-cn:sns:cn-north-1:123456789012:alerts";
    private const string Asks = "/?Action=ConfirmSubscription&TopicArn=arn:aws:sns:eu-west-1:123456789012:alerts&Token=t%2B1";

    [Theory]
    [InlineData("https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0.pem", Topic, null)]
    [InlineData("https://sns.us-east-2.amazonaws.com/SimpleNotificationService-0.pem", Topic, null)]
    [InlineData("https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-0.pem", InChina, null)]
    [InlineData(null, Topic, "does not begin with https://")]
    [InlineData("http://sns.eu-west-1.amazonaws.com/a.pem", Topic, "does not begin with https://")]
    [InlineData("HTTPS://sns.eu-west-1.amazonaws.com/a.pem", Topic, "does not begin with https://")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/a b.pem", Topic, "holds characters that SNS does not write")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/a\u007F.pem", Topic, "holds characters that SNS does not write")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/~a.pem", Topic, null)]
    [InlineData("https://sns.eu-west-1.amazonaws.com/!a.pem", Topic, null)]
    [InlineData("https://evil.example\\@sns.eu-west-1.amazonaws.com/a.pem", Topic, "holds characters that SNS does not write")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/a#.pem", Topic, "holds characters that SNS does not write")]
    [InlineData("https://sns.eu-west-1.amazonaws.com", Topic, "has no path")]
    [InlineData("https://user@sns.eu-west-1.amazonaws.com/a.pem", Topic, "is not on a host of SNS")]
    [InlineData("https://sns.eu-west-1.amazonaws.com:444/a.pem", Topic, "is not on a host of SNS")]
    [InlineData("https://sns.eu-west-1.amazonaws.com.evil.example/a.pem", Topic, "is not on a host of SNS")]
    [InlineData("https://evil.example/sns.eu-west-1.amazonaws.com/a.pem", Topic, "is not on a host of SNS")]
    [InlineData("https://sqs.eu-west-1.amazonaws.com/a.pem", Topic, "is not on a host of SNS")]
    [InlineData("https://sns.a.b.amazonaws.com/a.pem", Topic, "is not on a host of SNS")]
    [InlineData("https://sns.EU.amazonaws.com/a.pem", Topic, "is not on a host of SNS")]
    [InlineData("https://sns.eu.amazonaws.com/a.pem", Topic, "is not on a host of SNS")]
    [InlineData("https://sns.abc.amazonaws.com/a.pem", Topic, null)]
    [InlineData("https://sns..amazonaws.com/a.pem", Topic, "is not on a host of SNS")]
    [InlineData("https://sns.amazonaws.com/a.pem", Topic, "is not on a host of SNS")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/a.pem", InChina, "is on a host of another partition than the topic's")]
    [InlineData("https://sns.cn-north-1.amazonaws.com.cn/a.pem", Topic, "is on a host of another partition than the topic's")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/a.crt", Topic, "does not end in .pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/?a.pem", Topic, "does not end in .pem")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/../a.pem", Topic, "does not end in .pem")]
    public void A_certificate_lies_at_SNS(string? address, string topic, string? fault) => Assert.Equal(fault, SnsAddress.CertificateFault(address, topic));

    [Theory]
    [InlineData("https://sns.eu-west-1.amazonaws.com" + Asks, null)]
    [InlineData("https://sns.us-east-2.amazonaws.com" + Asks, "is on a host of another region than the topic's")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/confirm" + Asks, "is not a call of SNS")]
    [InlineData("https://sns.eu-west-1.amazonaws.com" + Asks + "&Token=another", "is not a call of SNS")]
    [InlineData("https://sns.eu-west-1.amazonaws.com" + Asks + "&more", "is not a call of SNS")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/?Action=Publish&TopicArn=" + Topic + "&Token=t%2B1", "does something else than confirm a subscription")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Topic + "s&Token=t%2B1", "is about another topic")]
    [InlineData("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=" + Topic + "&Token=t", "has another token than the message")]
    public void A_subscription_is_confirmed_at_SNS_and_for_its_topic(string address, string? fault) =>
        Assert.Equal(fault, SnsAddress.ConfirmationFault(address, Topic, "t+1"));
}

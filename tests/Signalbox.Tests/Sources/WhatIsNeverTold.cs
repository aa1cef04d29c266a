using System.Text;

namespace Signalbox.Tests;

/// <summary>Events carry what nobody should read in a chat.</summary>
public class WhatIsNeverTold
{
    [Theory]
    [InlineData("ssm/own-command-failed.json", "hunter2")]
    [InlineData("dynamodb/own-stream.json", "not to be shown")]
    [InlineData("custom/own-full.json", "hunter2")]
    [InlineData("sms/own-eventbridge.json", "14255550156")]
    public void A_secret_in_an_event_is_in_no_word_of_its_notice(string sample, string secret)
    {
        var bytes = Repository.Read(sample);
        Assert.Contains(secret, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        foreach (var envelope in Pipeline.Decode(bytes))
        {
            foreach (var notice in Pipeline.Read(envelope).Notices)
                Assert.DoesNotContain(secret, $"{notice} {string.Join(' ', notice.Facts)} {string.Join(' ', notice.Links)}", StringComparison.Ordinal);
        }
    }
}

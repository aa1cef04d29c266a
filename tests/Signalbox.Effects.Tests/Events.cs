using System.Text;
using System.Text.Json;

namespace Signalbox.Effects.Tests;

/// <summary>Events and settings for the tests of this project.</summary>
internal static class Events
{
    public static Room Room(string name, Pace? pace = null) =>
        new() { Name = name, Chat = "slack", Options = [new("webhook", $"https://hooks.example/{name}")], Pace = pace };

    public static Settings To(params Room[] rooms) => new() { Rooms = [.. rooms], Routes = Routes.AllTo(rooms[0]) };

    /// <summary>Everything goes to both of the rooms "one" and "two".</summary>
    public static Settings TwoRooms => SettingsReader.Read(JsonTree.Read(Text("""
        {"rooms":{"one":{"slack":{"webhook":"https://hooks.example/1"}},"two":{"slack":{"webhook":"https://hooks.example/2"}}},
         "routes":[{"to":["one","two"]}]}
        """)).Tree!).Settings!;

    public static byte[] Sns(string id, string message = "all is well") => Encoding.UTF8.GetBytes($$$"""
        {"Records":[{"EventSource":"aws:sns","Sns":{"Type":"Notification","MessageId":"{{{id}}}",
        "TopicArn":"arn:aws:sns:eu-west-1:123456789012:ops",
        "Subject":"News","Message":{{{JsonSerializer.Serialize(message)}}},"Timestamp":"2026-11-22T08:00:00.000Z"}}]}
        """);

    public static byte[] Sqs(string queue, params (string Id, string Body)[] records) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        Records = records.Select(record => new
        {
            messageId = record.Id,
            receiptHandle = "r",
            body = record.Body,
            attributes = new { ApproximateReceiveCount = "1" },
            eventSource = "aws:sqs",
            eventSourceARN = $"arn:aws:sqs:eu-west-1:123456789012:{queue}",
        }),
    }));

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}

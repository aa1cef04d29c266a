using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Signalbox.EngineTests;

/// <summary>Events as they come in: alerts of Prometheus, stacks of CloudFormation and statements, each in an SNS message with an id of its own.</summary>
internal static class Events
{
    /// <summary>An alert: raised, or resolved.</summary>
    public static byte[] Alert(string id, string team, string thing, string words, bool raised, string severity, DateTimeOffset at) => Sns(id, new JsonObject
    {
        ["version"] = "4",
        ["status"] = raised ? "firing" : "resolved",
        ["receiver"] = "signalbox",
        ["alerts"] = new JsonArray(new JsonObject
        {
            ["status"] = raised ? "firing" : "resolved",
            ["labels"] = new JsonObject { ["alertname"] = thing, ["severity"] = severity, ["team"] = team },
            ["annotations"] = new JsonObject { ["summary"] = words },
            ["startsAt"] = Iso(raised ? at : at.AddMinutes(-1)),
            ["endsAt"] = raised ? "0001-01-01T00:00:00Z" : Iso(at),
            ["fingerprint"] = thing,
        }),
    }.ToJsonString(), at);

    /// <summary>A change of a stack, or of a resource in it.</summary>
    public static byte[] Stack(string id, string stack, string? resource, string status, string reason, DateTimeOffset at)
    {
        var arn = $"arn:aws:cloudformation:eu-west-1:123456789012:stack/{stack}/1b2c3d4e-0000-1111-2222-333344445555";
        var detail = new JsonObject
        {
            ["stack-id"] = arn,
            ["status-details"] = new JsonObject { ["status"] = status, ["status-reason"] = reason },
            ["client-request-token"] = "token-1",
        };
        if (resource is not null) (detail["logical-resource-id"], detail["resource-type"]) = (resource, "AWS::SQS::Queue");
        return Bytes(new JsonObject
        {
            ["version"] = "0",
            ["id"] = id,
            ["source"] = "aws.cloudformation",
            ["detail-type"] = resource is null ? "CloudFormation Stack Status Change" : "CloudFormation Resource Status Change",
            ["account"] = "123456789012",
            ["region"] = "eu-west-1",
            ["time"] = Iso(at),
            ["resources"] = new JsonArray(arn),
            ["detail"] = detail,
        }.ToJsonString());
    }

    /// <summary>A statement, which has no life.</summary>
    public static byte[] Statement(string id, string words, DateTimeOffset at) => Sns(id, words, at);

    private static byte[] Sns(string id, string message, DateTimeOffset at) => Bytes(new JsonObject
    {
        ["Records"] = new JsonArray(new JsonObject
        {
            ["EventSource"] = "aws:sns",
            ["EventVersion"] = "1.0",
            ["Sns"] = new JsonObject
            {
                ["Type"] = "Notification",
                ["MessageId"] = id,
                ["TopicArn"] = "arn:aws:sns:eu-west-1:123456789012:ops",
                ["Message"] = message,
                ["Timestamp"] = Iso(at),
            },
        }),
    }.ToJsonString());

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

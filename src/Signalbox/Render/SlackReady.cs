namespace Signalbox;

/// <summary>Lets a message that already is a Slack payload through, as it came but for what could ring or what Slack would refuse.</summary>
internal static class SlackReady
{
    private const int MaxBytes = 12_000;
    private const int MaxBlocks = 50;
    private const int MaxDepth = 24;

    /// <summary>The payload; null when it breaks one of Slack's limits and has to be told in our own form.</summary>
    public static byte[]? Write(Routed routed, Ready ready)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(ready.Payload);
        if (utf8.Length > MaxBytes || Json.Parse(utf8) is not { Expected: null, Value: { IsObject: true } payload }) return null;
        if (payload["blocks"u8].Count > MaxBlocks || payload["attachments"u8].Count > 20 || !Fits(payload, 0)) return null;

        var json = new JsonOut(stackalloc byte[4096]);
        json.Raw("{"u8);
        Slack.WriteChannel(ref json, routed.Room);
        var hasText = false;
        foreach (var (name, value) in payload.Members)
        {
            // Where it goes and how it looks there is for the room to say, and nothing may turn plain names into mentions.
            if (name.Text is "channel" or "username" or "icon_emoji" or "icon_url" or "link_names" or "parse" or "reply_broadcast" or "thread_ts") continue;
            hasText |= name.TextIs("text"u8);
            json.Text(name.Text);
            json.Raw(":"u8);
            WriteValue(ref json, value);
            json.Raw(","u8);
        }
        if (!hasText)
        {
            json.Raw("\"text\":"u8);
            json.Text(Mrkdwn.Fit(routed.Notice.Title, 300));
            json.Raw(","u8);
        }
        json.Raw("\"link_names\":false}"u8);
        return json.ToArray();
    }

    /// <summary>No text over 3,000 characters, no empty one, nothing too deep.</summary>
    private static bool Fits(Json value, int depth)
    {
        if (depth > MaxDepth) return false;
        foreach (var item in value.Items)
        {
            if (!Fits(item, depth + 1)) return false;
        }
        foreach (var (name, member) in value.Members)
        {
            if (member.IsText && name.TextIs("text"u8) && member.Text is { Length: 0 or > 3000 }) return false;
            if (!Fits(member, depth + 1)) return false;
        }
        return true;
    }

    private static void WriteValue(ref JsonOut json, Json value)
    {
        var first = true;
        switch (value.Kind)
        {
            case JsonKind.Text:
                json.Text(Mrkdwn.Defuse(value.Text!));
                break;
            case JsonKind.Array:
                json.Raw("["u8);
                foreach (var item in value.Items)
                {
                    if (!first) json.Raw(","u8);
                    first = false;
                    WriteValue(ref json, item);
                }
                json.Raw("]"u8);
                break;
            case JsonKind.Object when Ringing(value) is { } words:
                json.Raw("{\"type\":\"text\",\"text\":"u8);
                json.Text(words);
                json.Raw("}"u8);
                break;
            case JsonKind.Object:
                json.Raw("{"u8);
                foreach (var (name, member) in value.Members)
                {
                    if (!first) json.Raw(","u8);
                    first = false;
                    json.Text(name.Text);
                    json.Raw(":"u8);
                    WriteValue(ref json, member);
                }
                json.Raw("}"u8);
                break;
            default:
                json.Raw(value.Raw);
                break;
        }
    }

    /// <summary>The words for an element of rich text that would ring somebody; null for anything else.</summary>
    private static string? Ringing(Json element) => element["type"u8].Text switch
    {
        "user" => $"@{element["user_id"u8].Words ?? "user"}",
        "usergroup" => $"@{element["usergroup_id"u8].Words ?? "group"}",
        "broadcast" => $"@{element["range"u8].Words ?? "everyone"}",
        _ => null,
    };
}

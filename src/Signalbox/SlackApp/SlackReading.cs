using System.Text;
using System.Text.Unicode;

namespace Signalbox;

/// <summary>Reads what Slack sends. Total: whatever is not understood is <see cref="SlackRequest.Other"/>.</summary>
public static class SlackReading
{
    /// <summary>The body of a request over HTTP: a form for buttons and commands, JSON for events.</summary>
    public static SlackRequest OfBody(byte[] body)
    {
        if (!Utf8.IsValid(body)) return new SlackRequest.Other("a body that is not UTF-8");
        var first = body.AsSpan().TrimStart(" \t\r\n"u8);
        if (first is [(byte)'{', ..]) return OfJson(body, OfEvent);
        var form = FormBody.Read(body);
        if (form["payload"] is { } payload) return OfJson(Encoding.UTF8.GetBytes(payload), OfInteraction);
        return form["command"] is null ? new SlackRequest.Other("a form without payload or command") : OfCommand(name => form[name], Identity.Hash(form.Text));
    }

    /// <summary>The payload of a Socket Mode envelope.</summary>
    /// <param name="type">The envelope's type.</param>
    /// <param name="payload">Its payload.</param>
    public static SlackRequest OfEnvelope(string type, Json payload) => type switch
    {
        "events_api" => OfEvent(payload),
        "interactive" => OfInteraction(payload),
        "slash_commands" => OfCommand(name => payload[Encoding.UTF8.GetBytes(name)].Text, Identity.Hash(payload.AsWritten)),
        _ => new SlackRequest.Other(type),
    };

    private static SlackRequest OfJson(byte[] utf8, Func<Json, SlackRequest> read) =>
        Json.Parse(utf8) is { Expected: null, Value: { IsObject: true } value } ? read(value) : new SlackRequest.Other("JSON that is none");

    private static SlackRequest OfEvent(Json json)
    {
        var type = Word(json["type"u8]);
        if (type is "url_verification") return new SlackRequest.Challenge(Word(json["challenge"u8]));
        var said = json["event"u8];
        var what = Word(said["type"u8]);
        if (type is not "event_callback" || what is not "app_mention") return new SlackRequest.Other($"{type} {what}".TrimEnd());
        // Another bot that quotes a message would have us answer ourselves.
        if (said["bot_id"u8].Exists || Word(said["user"u8]).Length is 0) return new SlackRequest.Other("app_mention by a bot");
        var id = json["event_id"u8].Text ?? Identity.Hash(json.AsWritten);
        return new SlackRequest.Mentioned(id, new(Word(said["user"u8]), ""), new(Word(said["channel"u8]), "", said["thread_ts"u8].Text),
            SlackWords.Plain(Word(said["text"u8])));
    }

    private static SlackRequest OfInteraction(Json json)
    {
        var action = json["actions"u8][0];
        var (type, id) = (Word(json["type"u8]), Word(action["action_id"u8]));
        if (type is not "block_actions" || !id.StartsWith("signalbox-", StringComparison.Ordinal)) return new SlackRequest.Other($"{type} {id}".TrimEnd());
        var (user, channel, container) = (json["user"u8], json["channel"u8], json["container"u8]);
        var place = channel["id"u8].Text ?? Word(container["channel_id"u8]);
        return new SlackRequest.Pressed(
            json["trigger_id"u8].Text ?? Identity.Hash(json.AsWritten),
            new(Word(user["id"u8]), user["username"u8].Text ?? Word(user["name"u8])),
            new(place, Word(channel["name"u8]), container["message_ts"u8].Text ?? json["message"u8]["ts"u8].Text),
            id, Word(action["value"u8]), Word(json["response_url"u8]));
    }

    private static SlackRequest.Command OfCommand(Func<string, string?> field, string hash) => new(
        field("trigger_id") ?? hash,
        new(field("user_id") ?? "", field("user_name") ?? ""),
        new(field("channel_id") ?? "", field("channel_name") ?? "", null),
        SlackWords.Plain(field("text") ?? ""),
        field("response_url") ?? "");

    private static string Word(Json value) => value.Text ?? "";
}

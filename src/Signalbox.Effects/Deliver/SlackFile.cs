using System.Globalization;
using System.Text;

namespace Signalbox.Effects;

/// <summary>What is too long for a message in Slack, as a file in its thread.</summary>
internal static class SlackFile
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Hangs the whole text below a message that shows less of it. A change shows what other lines of the thread have said already.</summary>
    public static async Task<bool> Hang(Errand errand, Delivery.Made made, Means means, CancellationToken stop)
    {
        if (errand["webhook"] is not null || errand.IsChange) return false;
        var message = (errand.Message ?? made.Reference).Split('/');
        if (message is not [{ Length: > 0 } channel, { Length: > 0 } time] || Slack.Whole(errand.Post.Routed, means.Rendering) is not { } whole) return false;

        var text = Encoding.UTF8.GetBytes(whole);
        var place = await Call("files.getUploadURLExternal", ("filename", "whole.txt"), ("length", text.Length.ToString(CultureInfo.InvariantCulture)));
        if (place["file_id"u8].Text is not { } file) return false;
        // The address is a secret of this one file: nobody's token goes there.
        var letter = Letter.To("upload_url", place["upload_url"u8].Text, text) with { Type = "text/plain; charset=utf-8" };
        if (letter.Address is null || await means.Send(letter, Longest, stop) is not Answer.Came { Status: >= 200 and < 300 }) return false;

        var files = $$"""[{"id":"{{System.Text.Json.JsonEncodedText.Encode(file)}}","title":"The whole message"}]""";
        return (await Call("files.completeUploadExternal", ("files", files), ("channel_id", channel), ("thread_ts", time)))["ok"u8].Kind is JsonKind.True;

        // The first of the two methods takes no JSON.
        async Task<Json> Call(string method, params (string Name, string Value)[] fields)
        {
            var form = Encoding.UTF8.GetBytes(string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}")));
            var request = Letter.To("api", $"{ToSlack.Api(errand)}/{method}", form) with { Type = "application/x-www-form-urlencoded" };
            return await means.Send(request.Authorized("Bearer", errand["token"]), Longest, stop) is Answer.Came came ? Verdict.Body(came) : default;
        }
    }
}

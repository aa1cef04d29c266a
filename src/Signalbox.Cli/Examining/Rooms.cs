using System.Text;
using Signalbox.Deploy;
using Signalbox.Effects;

namespace Signalbox.Cli.Examining;

/// <summary>Whether rooms can be reached from here, without a message to any of them.</summary>
/// <param name="variable">A variable as the function has it; null when it has none.</param>
/// <param name="folder">The whole path of the function's folder: what <c>file:</c> begins from.</param>
/// <param name="send">Sends a request.</param>
internal sealed class Rooms(Func<string, string?> variable, string folder, Send send)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A finding about a room: its secrets, and its host.</summary>
    public async Task<Finding> Reached(Room room, CancellationToken stop)
    {
        var check = $"room {room.Name}";
        if (room.Chat is "local" or "file") return Finding.Well(check, room.Chat is "local" ? "the function's log" : "a file");
        var missing = new List<string>();
        var isElsewhere = false;
        ValueTask<Revealed> Reveal(string reference, bool afresh, CancellationToken _)
        {
            var revealed = Look(reference, ref isElsewhere);
            if (revealed.Value is null) missing.Add(revealed.Why ?? "");
            return new(revealed);
        }

        var address = await Deliverers.Address(room, Reveal, stop);
        if (missing.Count > 0)
        {
            var why = string.Join("; ", missing.Distinct());
            return isElsewhere ? Finding.Doubtful(check, $"{room.Chat}; {why}")
                : Finding.Wrong(check, $"{room.Chat}; {why}", "Deploy with --set NAME=VALUE or --env-file, or mend the reference.");
        }
        if (address is null) return Finding.Doubtful(check, $"{room.Chat}: not reached over HTTP, so it was not tried");
        return room.Chat is "slack" && room["webhook"] is null ? await Token(check, room, address, Reveal, stop) : await Host(check, room, address, stop);
    }

    /// <summary>Slack says whose token it is. That it may write in the channel shows only when it does.</summary>
    /// <seealso href="https://docs.slack.dev/reference/methods/auth.test"/>
    private async Task<Finding> Token(string check, Room room, Uri post, Reveal reveal, CancellationToken stop)
    {
        var token = (await reveal(room["token"] ?? "", false, stop)).Value;
        var letter = new Letter(new(post, "auth.test"), default) { Type = "application/x-www-form-urlencoded" }.Authorized("Bearer", token);
        return (await send(letter, Patience, stop)).Match(
            came =>
            {
                var said = Json.Parse(Encoding.UTF8.GetBytes(came.Body)).Value;
                return said["ok"u8].Kind is JsonKind.True
                    ? Finding.Well(check, $"Slack knows its token, {said["user"u8].Text ?? "a bot"} in {said["team"u8].Text}; channel {room["channel"]}")
                    : Finding.Wrong(check, $"Slack does not take its token: {said["error"u8].Text ?? $"status {came.Status}"}",
                        "Take a new token from the app's page, and deploy with it.");
            },
            missing => Finding.Wrong(check, $"{post.Host} does not answer: {missing.Why}", "Is there a way out to the internet from here?"));
    }

    /// <summary>The host alone: the rest of a webhook's address is the secret, and a request to it may be a message.</summary>
    private async Task<Finding> Host(string check, Room room, Uri address, CancellationToken stop) =>
        (await send(new(new(address.GetLeftPart(UriPartial.Authority) + "/"), default) { Method = "GET" }, Patience, stop)).Match(
            _ => Finding.Well(check, $"{room.Chat}; {address.Host} answers{(address.Scheme is "https" ? " over TLS" : "")}, its secret can be read"),
            missing => Finding.Wrong(check, $"{room.Chat}; {address.Host} does not answer: {missing.Why}", "Is there a way out to the internet from here?"));

    private Revealed Look(string reference, ref bool isElsewhere)
    {
        if (reference.StartsWith("env:", StringComparison.Ordinal))
        {
            var name = reference["env:".Length..];
            return variable(name) is { } value ? new(value.Trim(), null) : new(null, $"the function has no variable {name}");
        }
        if (reference.StartsWith("file:", StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(reference["file:".Length..], folder);
            if (!File.Exists(path)) return new(null, $"{reference} is no file of its folder");
            return File.ReadLines(path).FirstOrDefault()?.Trim() is { Length: > 0 } line ? new(line, null) : new(null,
                $"the first line of {reference} is empty");
        }
        if (Uri.TryCreate(reference, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return new(reference, null);
        isElsewhere = true;
        return new(null, $"{reference} is read by the function in AWS, and was not read from here");
    }
}

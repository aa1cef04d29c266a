using System.Globalization;

namespace Signalbox.EngineTests;

/// <summary>What has to be true of every run, whatever happened in it.</summary>
internal static class Law
{
    /// <summary>What is not as it has to be, in words; nothing when all is well.</summary>
    public static IEnumerable<string> Broken(Play play) =>
        [.. Said(play), .. LastWord(play), .. Once(play), .. Digests(play), .. Reasons(play), .. Ends(play)];

    /// <summary>Every raised thing that nothing held back was said in its rooms.</summary>
    private static IEnumerable<string> Said(Play play) =>
        from thing in play.News.Where(news => news.IsRaised).GroupBy(news => (news.Team, news.Thing))
        where !play.Silenced.Contains(thing.Key.Thing)
        from room in RoomsOf(thing.Key.Team)
        where !play.Chat.Log.Exists(shown => shown.Room == room && Words(shown).Contains($"{thing.Key.Thing} fails", StringComparison.Ordinal))
        select $"{room} never heard of {thing.Key.Thing}";

    /// <summary>What a room saw last of a thing is how the thing stands.</summary>
    private static IEnumerable<string> LastWord(Play play)
    {
        foreach (var thing in play.News.Where(news => news.Team is not "like").GroupBy(news => (news.Team, news.Thing)))
        {
            var last = thing.MaxBy(news => news.At)!;
            foreach (var room in RoomsOf(thing.Key.Team))
            {
                var seen = play.Chat.Log.Where(shown => shown.Room == room)
                    .Select(shown => StatusOf(shown, $"alertmanager/{last.Thing}", $"{last.Thing} fails")).LastOrDefault(status => status is not null);
                if (seen is null && last.IsRaised) yield return $"{room} was not told of {last.Thing}, which is raised";
                if (seen is { } status && status is Status.Raised != last.IsRaised)
                    yield return $"{room} believes that {last.Thing} is {status}; the last news is {last.Title}, {(last.IsRaised ? "raised" : "cleared")}";
            }
        }
        foreach (var (thread, end) in play.Stacks)
        {
            foreach (var room in RoomsOf("fast"))
            {
                var seen = play.Chat.Log.Where(shown => shown.Room == room).Select(shown => StatusOf(shown, thread))
                    .LastOrDefault(status => status is not null);
                if (seen != end) yield return $"{room} believes that {thread} is {seen?.ToString() ?? "unheard of"}; it is {end}";
            }
        }
    }

    /// <summary>How a stack stands by what was shown; a line about one of its parts may come after its end.</summary>
    private static Status? StatusOf(Shown shown, string stack) =>
        shown.Lines.LastOrDefault(line => line.Contains($"{stack} ", StringComparison.OrdinalIgnoreCase)) is { } line
            ? line.StartsWith('✅') ? Status.Cleared : line.StartsWith("🔵", StringComparison.Ordinal) ? Status.Ongoing : Status.Raised
            : $"stack {shown.Notice.Subject}" == stack && (shown.Notice.Part is null || shown.Post.Placing is Placing.Begin or Placing.Change)
                ? shown.Notice.Status : null;

    private static Status? StatusOf(Shown shown, string thread, string words)
    {
        if (shown.IsDigest)
        {
            return shown.Lines.LastOrDefault(line => line.Contains(words, StringComparison.Ordinal)) is not { } line ? null
                : line.StartsWith('✅') ? Status.Cleared : Status.Raised;
        }
        return shown.Notice.Thread == thread && shown.Notice.Status is not Status.Stated ? shown.Notice.Status : null;
    }

    /// <summary>Nothing is told twice, but for what a chat took and no store knows of.</summary>
    private static IEnumerable<string> Once(Play play)
    {
        var allowed = RoomsOf("fast").Concat(RoomsOf("slow")).Concat(RoomsOf("like")).ToDictionary(room => room,
            room => play.Unrecorded.GetValueOrDefault(room) + play.Chat.Unanswered.GetValueOrDefault(room));
        var told = play.Chat.Log.Where(shown => !shown.IsDigest && shown.Post.Placing is not Placing.Change && shown.Post.EventId.Length > 0)
            .GroupBy(shown => (shown.Room, What: $"{shown.Post.Placing} of {NewsOf(play, shown.Post.EventId)}: {shown.Notice.Title}"))
            .Concat(play.Chat.Log.SelectMany(shown => shown.Lines.Where(IsNews).Select(line => (shown, line)))
                .GroupBy(each => (each.shown.Room, What: $"a digest: {each.line}"), each => each.shown));
        foreach (var ofRoom in told.Where(each => each.Count() > 1).GroupBy(each => each.Key.Room))
        {
            // A digest whose answer was lost is one post, however many it names.
            var extra = ofRoom.SelectMany(each => each.Skip(1)).Distinct().Count();
            if (extra <= allowed[ofRoom.Key]) continue;
            var what = string.Join("; ", ofRoom.Select(each => each.Key.What));
            yield return $"{ofRoom.Key} was told {extra} times too often, {allowed[ofRoom.Key]} may be: {what}";
        }
    }

    /// <summary>That something goes on, how a stack stands and how many a group has may be said again.</summary>
    private static bool IsNews(string line) => !line.StartsWith("🔵", StringComparison.Ordinal) && !line.Contains(" notices", StringComparison.Ordinal)
        && !line.Contains(" stack ", StringComparison.Ordinal);

    /// <summary>What is said to be named in a digest is in the payload of one.</summary>
    private static IEnumerable<string> Digests(Play play)
    {
        var texts = play.Chat.Log.Where(shown => shown.IsDigest).Select(shown => (shown.Room, Text: Payload.Words(shown.Post.Payload))).ToList();
        return from line in play.History
               where line.What is "merged" && StateJson.History(line.Body) is { Because: "named in a digest" }
               let title = StateJson.History(line.Body)!.Title
               where !texts.Exists(digest => digest.Room == line.Place.Room && digest.Text.Contains(title, StringComparison.Ordinal))
               select $"no digest in {line.Place.Room} shows \"{title}\"";
    }

    /// <summary>Every decision has a reason, every event a line in history.</summary>
    private static IEnumerable<string> Reasons(Play play)
    {
        var known = play.History.Select(line => line.Event).ToHashSet();
        foreach (var id in play.Accepted.Where(id => !known.Contains(id)).Distinct()) yield return $"history knows nothing of {id}";
        foreach (var decided in play.Decisions.Where(decided => decided.Decision.Because.Length is 0)) yield return $"no reason for {decided.Decision}";
        foreach (var line in play.History.Where(line => StateJson.History(line.Body) is not { Because.Length: > 0 }))
            yield return $"history has no reason for {line}";
    }

    /// <summary>Nothing waits for ever.</summary>
    private static IEnumerable<string> Ends(Play play)
    {
        if (!play.IsSettled) yield return "it never comes to rest";
        if (play.Census is not { Undecided: 0, Waiting: 0, Dead: 0 }) yield return $"left over: {play.Census}";
    }

    private static string NewsOf(Play play, string eventId) => eventId.Split('~')[0] is var id ? play.Repeats.GetValueOrDefault(id, id) : "";

    private static string[] RoomsOf(string team) => team switch { "slow" => ["slow"], "like" => ["like", "likehook"], _ => ["bot", "hook"] };

    private static string Words(Shown shown) =>
        $"{shown.Notice.Title}\n{shown.Notice.Summary}\n{string.Join('\n', shown.Notice.Facts.Select(fact => fact.Value))}";

    /// <summary>What everybody saw, for whoever has to understand a failure.</summary>
    public static string Transcript(Play play)
    {
        string Event(string id) => id.Split('~')[0];
        var seen = from shown in play.Chat.Log
                   let what = $"{shown.Post.Placing} [{shown.Notice.Status}] {shown.Notice.Title}"
                   select string.Create(CultureInfo.InvariantCulture, $"  {shown.At:HH:mm:ss} {shown.Room} {what} ({Event(shown.Post.EventId)})");
        var decided = from line in play.History.Reverse()
                      where line.What is not "made"
                      let because = StateJson.History(line.Body)?.Because
                      select string.Create(CultureInfo.InvariantCulture, $"  {line.At:HH:mm:ss} {line.Place.Room} {line.What} {Event(line.Event)}: {because}");
        return string.Join('\n', [.. seen, .. decided]);
    }
}

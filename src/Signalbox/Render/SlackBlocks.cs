namespace Signalbox;

/// <summary>The blocks below the title: summary, facts in two columns, sparkline, buttons, and where and when.</summary>
internal static class SlackBlocks
{
    /// <summary>A value longer than this gets a line of its own: two columns would break it into a ribbon.</summary>
    private const int Narrow = 60;

    /// <summary>Writes the blocks.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="card">What.</param>
    /// <param name="room">How many characters the summary may take; values get a quarter of it.</param>
    public static void Write(ref JsonOut json, Card card, int room)
    {
        var notice = card.Notice;
        if (!string.IsNullOrWhiteSpace(notice.Summary))
        {
            Slack.WriteSection(ref json, Mrkdwn.Literal(notice.Summary, room));
            json.Raw(","u8);
        }
        WriteFacts(ref json, notice.Facts, room / 4);
        if (card.Spark.Length > 0)
        {
            Slack.WriteSection(ref json, card.Spark);
            json.Raw(","u8);
        }
        WriteLinks(ref json, notice.Links);
        WriteContext(ref json, card);
    }

    private static void WriteFacts(ref JsonOut json, ValueList<Fact> facts, int room)
    {
        var narrow = 0;
        foreach (var fact in facts)
        {
            if (!IsNarrow(fact) || narrow == 10) continue;
            json.Raw(narrow++ == 0 ? "{\"type\":\"section\",\"fields\":["u8 : ","u8);
            Slack.WriteText(ref json, $"*{NameOf(fact)}*\n{Mrkdwn.Literal(ValueOf(fact), room)}");
        }
        if (narrow > 0) json.Raw("]},"u8);

        var wide = 0;
        foreach (var fact in facts)
        {
            if (IsNarrow(fact) || wide++ == 10) continue;
            Slack.WriteSection(ref json, $"*{NameOf(fact)}*\n{Mrkdwn.Literal(ValueOf(fact), room)}");
            json.Raw(","u8);
        }
    }

    private static bool IsNarrow(Fact fact) => fact.Value.Length <= Narrow && !fact.Value.Contains('\n');

    private static string NameOf(Fact fact)
    {
        var name = Cut.Line(fact.Name, 60).Replace('*', '∗');
        return name.Length == 0 ? "—" : Mrkdwn.Escape(name);
    }

    private static string ValueOf(Fact fact)
    {
        var value = Cut.Readable(fact.Value).Trim();
        return value.Length == 0 ? "—" : value;
    }

    private static void WriteLinks(ref JsonOut json, ValueList<Link> links)
    {
        var count = 0;
        foreach (var link in links)
        {
            if (count == 5 || link.Url.Length > 3000 || link.Url.Length == 0) continue;
            json.Raw(count++ == 0 ? "{\"type\":\"actions\",\"elements\":["u8 : ","u8);
            json.Raw("{\"type\":\"button\",\"text\":{\"type\":\"plain_text\",\"text\":"u8);
            json.Text(Cut.Line(link.Text.Length == 0 ? "Open" : link.Text, 70));
            json.Raw("},\"url\":"u8);
            json.Text(link.Url);
            json.Raw("}"u8);
        }
        if (count > 0) json.Raw("]},"u8);
    }

    private static void WriteContext(ref JsonOut json, Card card)
    {
        json.Raw("{\"type\":\"context\",\"elements\":["u8);
        var where = Mrkdwn.Fit(Cut.Line(card.Where, 300), 600);
        var actor = card.Notice.Actor is { Length: > 0 } by ? $" · by {Mrkdwn.Fit(Cut.Line(by, 100), 200)}" : "";
        Slack.WriteText(ref json, card.Notice.At is { } at ? $"{where}{actor} · {Slack.Date(at, card.When)}" : where + actor);
        json.Raw("]}"u8);
    }
}

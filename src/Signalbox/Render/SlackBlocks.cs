namespace Signalbox;

/// <summary>The blocks below the title: summary, facts in two columns, sparkline, buttons, and where and when.</summary>
internal static class SlackBlocks
{
    /// <summary>A value longer than this gets a line of its own: two columns would break it into a ribbon.</summary>
    private const int Narrow = 60;

    /// <summary>How many are shown of those that stand beside others, and of those that do not.</summary>
    private const int MostFacts = 10;

    /// <summary>Writes the blocks.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="card">What.</param>
    /// <param name="room">How many characters the summary may take; values get a quarter of it.</param>
    /// <param name="withButtons">True where somebody hears it when a button is pressed.</param>
    public static void Write(ref JsonOut json, Card card, int room, bool withButtons)
    {
        var notice = card.Notice;
        var summary = Cut.Readable(notice.Summary ?? "").Trim();
        if (summary.Length > 0) WriteSection(ref json, Mrkdwn.Prose(summary, room));
        WriteFacts(ref json, notice.Facts, room / 4);
        if (card.Spark.Length > 0) WriteSection(ref json, Mrkdwn.Fit(Cut.Line(card.Spark, 150), 400));
        if (withButtons) SlackButtons.Write(ref json, notice);
        WriteLinks(ref json, notice.Links);
        WriteContext(ref json, card);
    }

    /// <summary>True when less is shown at that size than the notice says.</summary>
    public static bool LeavesOut(Card card, int room)
    {
        var notice = card.Notice;
        if (Mrkdwn.Escape(Cut.Readable(notice.Summary ?? "").Trim()).Length > room) return true;
        var narrow = 0;
        foreach (var fact in notice.Facts)
        {
            var value = Cut.Readable(fact.Value).Trim();
            if (IsNarrow(fact)) narrow++;
            if (Mrkdwn.Literal(value, room / 4) != Mrkdwn.Literal(value, int.MaxValue)) return true;
        }
        return narrow > MostFacts || notice.Facts.Count - narrow > MostFacts;
    }

    private static void WriteSection(ref JsonOut json, string mrkdwn)
    {
        json.Raw("{\"type\":\"section\",\"text\":"u8);
        json.Raw(Mrkdwn.Open);
        json.Inner(mrkdwn);
        json.Raw(Mrkdwn.Close);
        json.Raw("},"u8);
    }

    private static void WriteFacts(ref JsonOut json, ValueList<Fact> facts, int room)
    {
        var narrow = 0;
        foreach (var fact in facts)
        {
            if (!IsNarrow(fact) || narrow == MostFacts) continue;
            json.Raw(narrow++ == 0 ? "{\"type\":\"section\",\"fields\":["u8 : ","u8);
            WriteFact(ref json, fact, room);
        }
        if (narrow > 0) json.Raw("]},"u8);

        var wide = 0;
        foreach (var fact in facts)
        {
            if (IsNarrow(fact) || wide++ == MostFacts) continue;
            json.Raw("{\"type\":\"section\",\"text\":"u8);
            WriteFact(ref json, fact, room);
            json.Raw("},"u8);
        }
    }

    private static void WriteFact(ref JsonOut json, Fact fact, int room)
    {
        var name = Cut.Line(fact.Name, 60);
        var value = Cut.Readable(fact.Value).Trim();
        json.Raw(Mrkdwn.Open);
        json.Raw("*"u8);
        json.Inner(name.Length == 0 ? "—" : Mrkdwn.Escape(name.Replace('*', '∗')));
        json.Raw("*\\n"u8);
        json.Inner(value.Length == 0 ? "—" : Mrkdwn.Literal(value, room));
        json.Raw(Mrkdwn.Close);
    }

    private static bool IsNarrow(Fact fact) => fact.Value.Length <= Narrow && !fact.Value.Contains('\n');

    private static void WriteLinks(ref JsonOut json, ValueList<Link> links)
    {
        var count = 0;
        foreach (var link in links)
        {
            if (count == 5 || link.Url.Length > 3000 || !CardParts.IsPage(link.Url)) continue;
            var url = CardParts.Address(link.Url);
            if (url.Length > 3000) continue;
            json.Raw(count++ == 0 ? "{\"type\":\"actions\",\"elements\":["u8 : ","u8);
            json.Raw("{\"type\":\"button\",\"text\":{\"type\":\"plain_text\",\"text\":"u8);
            json.Text(Cut.Line(link.Text, 70) is { Length: > 0 } text ? Mrkdwn.Fit(text, 75) : "Open");
            json.Raw("},\"url\":"u8);
            json.Text(url);
            json.Raw("}"u8);
        }
        if (count > 0) json.Raw("]},"u8);
    }

    private static void WriteContext(ref JsonOut json, Card card)
    {
        json.Raw("{\"type\":\"context\",\"elements\":["u8);
        json.Raw(Mrkdwn.Open);
        json.Inner(Mrkdwn.Fit(Cut.Line(card.Where, 300), 600));
        if (card.Notice.Actor is { Length: > 0 } actor)
        {
            json.Inner(" · by ");
            json.Inner(Mrkdwn.Fit(Cut.Line(actor, 100), 200));
        }
        if (card.Notice.At is { } at)
        {
            json.Inner(" · ");
            Slack.WriteDate(ref json, at);
        }
        json.Raw(Mrkdwn.Close);
        json.Raw("]}"u8);
    }
}

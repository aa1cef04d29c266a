using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Documents, history and the census in SQLite.</summary>
internal static class SqliteRecords
{
    public static Written<bool> Keep(SqliteSession session, string kind, string name, ReadOnlyMemory<byte> body)
    {
        var (ofKind, called) = (PlainText.Write(kind), PlainText.Write(name));
        if (body.IsEmpty) session.Run("delete from document where kind = ?1 and name = ?2", ofKind, called);
        else session.Run("insert or replace into document (kind, name, body) values (?1, ?2, ?3)", ofKind, called, Blob.Of(body));
        return new(true, IsNews: true);
    }

    public static ValueList<Document> Documents(SqliteSession session, string kind) =>
    [
        .. session.Rows("select name, body from document where kind = ?1", row => new Document(row.Text(0), row.Bytes(1)), PlainText.Write(kind))
            .OrderBy(document => document.Name, StringComparer.Ordinal),
    ];

    public static void Add(SqliteSession session, HistoryLine line) => session.Run(
        "insert into history (at, event, room, thread, event_hash, thread_hash, what, body) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        line.At.UtcTicks, PlainText.Write(line.Event), PlainText.Write(line.Place.Room), PlainText.Write(line.Place.Thread), Hash.Short(line.Event),
        Hash.Short(line.Place.Thread), PlainText.Write(line.What), Blob.Of(line.Body));

    public static ValueList<HistoryLine> History(SqliteSession session, HistoryQuery query)
    {
        // Each filter is there or is not, so that SQLite sees which index serves.
        var values = new List<object?> { query.Most, query.From?.UtcTicks ?? long.MinValue, query.Before?.UtcTicks ?? long.MaxValue };
        var filters = "at >= ?2 and at < ?3";
        if (query.Room is { } room) filters += $" and room = {Value(PlainText.Write(room))}";
        if (query.Thread is { } thread) filters += $" and thread_hash = {Value(Hash.Short(thread))} and thread = {Value(PlainText.Write(thread))}";
        if (query.Event is { } id) filters += $" and event_hash = {Value(Hash.Short(id))} and event = {Value(PlainText.Write(id))}";
        return
        [
            .. session.Rows(
                $"select at, event, room, thread, what, body from history where {filters} order by at desc, seq desc limit ?1",
                row => new HistoryLine(row.Time(0), row.Text(1), row.Place(2), row.Text(4), row.Bytes(5)), [.. values]),
        ];

        string Value(object value)
        {
            values.Add(value);
            return $"?{values.Count}";
        }
    }

    /// <summary>Takes away some lines of history from before a time.</summary>
    public static int Prune(SqliteSession session, DateTimeOffset before, int most) =>
        session.Run("delete from history where seq in (select seq from history where at < ?1 limit ?2)", before.UtcTicks, most);

    public static Census Count(SqliteSession session)
    {
        return new(
            Of("undecided"), Of("event"), Of("conversation where is_open = 1"), Of("conversation"), Of("post"), Of("dead"), Of("history"));

        int Of(string what) => (int)session.Number($"select count(*) from {what}");
    }
}

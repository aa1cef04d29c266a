using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Signalbox.Server.Pages.Past;

/// <summary>What a search of history finds, for other programs.</summary>
internal static class HistoryExport
{
    private const int MostFound = 50_000;
    private const int MostRead = 500_000;

    private static readonly string[] Columns = ["at", "what", "room", "source", "severity", "status", "title", "because", "thread", "event", "by"];

    /// <summary>For spreadsheets.</summary>
    public static readonly Gate Csv = Row("/history.csv", "text/csv; charset=utf-8", CsvOf);

    /// <summary>For everything else: a JSON object a line, with the whole notice where it was kept.</summary>
    public static readonly Gate JsonLines = Row("/history.jsonl", "application/jsonl", JsonLinesOf);

    /// <summary>The lines as a table with a heading, as in RFC 4180.</summary>
    public static byte[] CsvOf(ValueList<PastLine> found)
    {
        var text = new StringBuilder(string.Join(',', Columns)).Append("\r\n");
        foreach (var known in found) text.AppendJoin(',', Values(known).Select(Cell)).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The lines as JSON, one each.</summary>
    public static byte[] JsonLinesOf(ValueList<PastLine> found)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using var json = new Utf8JsonWriter(buffer);
        foreach (var known in found)
        {
            json.Reset();
            json.WriteStartObject();
            foreach (var (name, value) in Columns.Zip(Values(known)))
            {
                if (value.Length > 0) json.WriteString(name, value);
            }
            if (known.Note.Words is not null)
            {
                json.WritePropertyName("note");
                json.WriteRawValue(known.Line.Body.Span);
            }
            json.WriteEndObject();
            json.Flush();
            buffer.Write("\n"u8);
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>A cell. Texts come from events: what a spreadsheet would take for a formula gets a quote in front.</summary>
    public static string Cell(string value)
    {
        var safe = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{value}" : value;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string[] Values(PastLine known) =>
    [
        Times.Iso(known.Line.At), known.Line.What, known.Line.Place.Room, known.Note.Source, Words.Of(known.Note.Severity), Words.Of(known.Note.Status),
        known.Note.Title, known.Note.Because, known.Line.Place.Thread, known.Line.What is Doer.Act ? "" : known.Line.Event, known.Note.Doer?.By ?? "",
    ];

    private static Gate Row(string path, string type, Func<ValueList<PastLine>, byte[]> write) => new("GET", path, Door.Viewer, async (http, station) =>
    {
        var (duty, question) = (station.Now, Question.Of(http.Request.Query));
        var asking = question.Read(duty.Settings.Accounts, duty.World.Now());
        if (asking.Faults.Count > 0)
        {
            await Reply.Text(http, 400, string.Join("\n\n", asking.Faults) + "\n");
            return;
        }
        var scanned = await Scan.Back(station.Store, asking.Query, Mark.Read(http.Request.Query["go"]), MostFound, MostRead, asking.Pick, http.RequestAborted);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"signalbox{path.Replace('/', '-')}\"";
        // What did not fit is fetched by the same address with this.
        if (scanned.Next is { } next) http.Response.Headers.Link = $"<{question.Link(path, next)}>; rel=\"next\"";
        await Reply.Bytes(http, 200, type, write(scanned.Found));
    });
}

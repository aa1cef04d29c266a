namespace Signalbox.Effects;

/// <summary>Documents and history in memory. Whoever calls takes care that calls come one at a time.</summary>
internal sealed class MemoryRecords
{
    private readonly Dictionary<string, SortedDictionary<string, Document>> documents = new(StringComparer.Ordinal);
    private readonly List<HistoryLine> lines = [];

    public int Lines => lines.Count;

    public bool Add(IEnumerable<HistoryLine> more)
    {
        lines.AddRange(more.Select(line => line with { Body = line.Body.ToArray() }));
        return true;
    }

    public bool Keep(string kind, string name, ReadOnlyMemory<byte> body)
    {
        if (!documents.TryGetValue(kind, out var ofKind)) documents[kind] = ofKind = new(StringComparer.Ordinal);
        if (body.IsEmpty) ofKind.Remove(name);
        else ofKind[name] = new(name, body.ToArray());
        return true;
    }

    public ValueList<Document> Documents(string kind) => documents.TryGetValue(kind, out var ofKind) ? ofKind.Values.ToValueList() : [];

    public ValueList<HistoryLine> History(HistoryQuery query) => lines
        .Where(line => (query.From is null || line.At >= query.From) && (query.Before is null || line.At < query.Before)
            && (query.Room is null || line.Place.Room == query.Room) && (query.Thread is null || line.Place.Thread == query.Thread)
            && (query.Event is null || line.Event == query.Event))
        .Reverse()
        .OrderByDescending(line => line.At)
        .Take(query.Most)
        .ToValueList();

    public int Prune(DateTimeOffset before) => lines.RemoveAll(line => line.At < before);
}

namespace Signalbox;

/// <summary>Finds the conditions that hold for a notice by the values that they cannot hold without.</summary>
/// <remarks>
/// Each is filed once, under the one field that fewest notices share; one without such a field is tried every time. So the
/// cost of a notice is that of the conditions which ask for its own values, however many others there are.
/// Plain dictionaries: frozen ones read faster, but building one costs more than a fresh function's first event can win back.
/// </remarks>
internal sealed class WhenIndex
{
    private readonly Dictionary<FieldKind, Dictionary<string, int[]>> plain;
    private readonly Dictionary<FieldKind, Dictionary<string, Dictionary<string, int[]>>> tables;
    private readonly int[] always;
    private readonly ValueList<When> conditions;

    private WhenIndex(ValueList<When> conditions, List<int> always, Dictionary<Field, Dictionary<string, List<int>>> filed)
    {
        this.conditions = conditions;
        this.always = [.. always];
        plain = filed
            .Where(pair => !IsTable(pair.Key.Kind))
            .ToDictionary(pair => pair.Key.Kind, pair => Frozen(pair.Value));
        tables = filed
            .Where(pair => IsTable(pair.Key.Kind))
            .GroupBy(pair => pair.Key.Kind)
            .ToDictionary(
                group => group.Key,
                group => group.ToDictionary(pair => pair.Key.Name, pair => Frozen(pair.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Files every condition.</summary>
    public static WhenIndex Of(ValueList<When> conditions)
    {
        var always = new List<int>();
        var filed = new Dictionary<Field, Dictionary<string, List<int>>>();
        for (var number = 0; number < conditions.Count; number++)
        {
            if (Best(conditions[number].Needs) is not { } need)
            {
                always.Add(number);
                continue;
            }
            var field = IsTable(need.Field.Kind) ? need.Field : new(need.Field.Kind);
            if (!filed.TryGetValue(field, out var values)) filed[field] = values = new(StringComparer.OrdinalIgnoreCase);
            foreach (var value in need.Values)
            {
                if (!values.TryGetValue(value, out var numbers)) values[value] = numbers = [];
                if (numbers.Count is 0 || numbers[^1] != number) numbers.Add(number);
            }
        }
        return new(conditions, always, filed);
    }

    /// <summary>The numbers of the conditions that hold, from zero, ascending.</summary>
    /// <param name="notice">What they are about.</param>
    /// <param name="room">Where the numbers go while there is room.</param>
    public ReadOnlySpan<int> Matching(Notice notice, Span<int> room)
    {
        var found = new Found(room);
        foreach (var (kind, values) in plain)
        {
            if (kind is FieldKind.Owner)
            {
                foreach (var owner in notice.Owners) found.Add(values, owner);
            }
            else if (Field.Of(kind, notice) is { } value)
            {
                found.Add(values, value);
            }
        }
        foreach (var (kind, names) in tables)
        {
            if (kind is FieldKind.Tag)
            {
                foreach (var tag in notice.Tags) found.Add(names, tag.Key, tag.Value);
            }
            else
            {
                foreach (var fact in notice.Facts) found.Add(names, fact.Name, fact.Value);
            }
        }
        found.Add(always);
        return found.Matching(notice, conditions);
    }

    private static bool IsTable(FieldKind kind) => kind is FieldKind.Tag or FieldKind.Fact;

    private static Need? Best(ValueList<Need> needs)
    {
        Need? best = null;
        foreach (var need in needs)
        {
            if (best is not { } other || Cost(need).CompareTo(Cost(other)) < 0) best = need;
        }
        return best;
    }

    private static (int, int) Cost(Need need) => (need.Field.Rank, need.Values.Count);

    private static Dictionary<string, int[]> Frozen(Dictionary<string, List<int>> values) =>
        values.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Candidates while they are gathered.</summary>
    private ref struct Found(Span<int> room)
    {
        private Span<int> numbers = room;
        private int count;

        public void Add(Dictionary<string, Dictionary<string, int[]>> names, string name, string value)
        {
            if (names.TryGetValue(name, out var values)) Add(values, value);
        }

        public void Add(Dictionary<string, int[]> values, string value)
        {
            if (values.TryGetValue(value, out var more)) Add(more);
        }

        public void Add(int[] more)
        {
            if (count + more.Length > numbers.Length)
            {
                var larger = new int[Math.Max(numbers.Length * 2, count + more.Length)];
                numbers[..count].CopyTo(larger);
                numbers = larger;
            }
            more.CopyTo(numbers[count..]);
            count += more.Length;
        }

        /// <summary>Those that hold, in order, each once.</summary>
        public readonly ReadOnlySpan<int> Matching(Notice notice, ValueList<When> conditions)
        {
            numbers[..count].Sort();
            var kept = 0;
            var last = -1;
            foreach (var number in numbers[..count])
            {
                if (number != last && conditions[number].Holds(notice)) numbers[kept++] = number;
                last = number;
            }
            return numbers[..kept];
        }
    }
}

using System.Globalization;
using System.Text;

namespace Signalbox.Server.Gates;

/// <summary>Figures for Prometheus, in its text format 0.0.4.</summary>
internal static class Metrics
{
    public static readonly Gate Row = new("GET", "/metrics", Door.Key, async (http, station) =>
        await Reply.Bytes(http, 200, "text/plain; version=0.0.4; charset=utf-8", Encoding.UTF8.GetBytes(await Of(station, http.RequestAborted))));

    private static async Task<string> Of(Station station, CancellationToken stop)
    {
        var (meters, now) = (station.Meters, station.Now.World.Now());
        var (census, backlogs) = (await station.Store.Count(stop), await station.Store.Backlogs(now, stop));
        var text = new Figures();
        text.Of("signalbox_events_total", "counter", "Events that were decided by this process.",
            meters.Events.Select(pair => (Labels(("source", pair.Key.Source), ("outcome", pair.Key.Outcome)), (double)pair.Value)));
        text.Of("signalbox_posts_total", "counter", "Posts that were tried by this process.", meters.Posts.Select(pair =>
            (Labels(("room", pair.Key.Room), ("chat", pair.Key.Chat), ("outcome", pair.Key.Outcome)), (double)pair.Value)));
        text.Of("signalbox_requests_total", "counter", "Requests that were answered.", meters.Requests.Select(pair =>
            (Labels(("path", pair.Key.Gate), ("status", pair.Key.Status.ToString(CultureInfo.InvariantCulture))), (double)pair.Value)));
        var (atMost, count, seconds) = meters.Delivering;
        text.Histogram("signalbox_delivery_seconds", "How long a chat took for a post.", Meters.Bounds, atMost, count, seconds);
        text.Of("signalbox_backlog_posts", "gauge", "Posts that wait for a room.",
            backlogs.Select(backlog => (Labels(("room", backlog.Room)), (double)backlog.Count)));
        text.Of("signalbox_backlog_oldest_seconds", "gauge", "How long the oldest of them has waited.",
            backlogs.Select(backlog => (Labels(("room", backlog.Room)), Math.Max(0, (now - backlog.Oldest).TotalSeconds))));
        text.Of("signalbox_undecided_events", "gauge", "Events in the store that nobody has decided yet.", [("", census.Undecided)]);
        text.Of("signalbox_open_conversations", "gauge", "Conversations in the store that are open.", [("", census.Open)]);
        text.Of("signalbox_dead_letters", "gauge", "Posts in the store that could not be made.", [("", census.Dead)]);
        text.Of("signalbox_history_lines", "gauge", "Lines of history in the store.", [("", census.History)]);
        text.Of("signalbox_live_watchers", "gauge", "Pages that are open and live.", [("", station.Feed.Watchers)]);
        text.Of("signalbox_settings_loaded_timestamp_seconds", "gauge", "When the settings in force were taken.",
            [("", station.SettingsAt.ToUnixTimeSeconds())]);
        text.Of("process_start_time_seconds", "gauge", "When the process started.", [("", station.StartedAt.ToUnixTimeSeconds())]);
        text.Of("process_resident_memory_bytes", "gauge", "Memory of the process.", [("", Environment.WorkingSet)]);
        text.Of("dotnet_gc_heap_bytes", "gauge", "Memory of the managed heap.", [("", GC.GetTotalMemory(forceFullCollection: false))]);
        return text.ToString();
    }

    /// <summary>Labels as they are written: backslashes, quotes and ends of lines escaped.</summary>
    internal static string Labels(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var text = new StringBuilder("{");
        foreach (var (name, value) in labels)
        {
            if (text.Length > 1) text.Append(',');
            text.Append(name).Append("=\"");
            foreach (var unit in value)
                _ = unit switch { '\\' => text.Append("\\\\"), '"' => text.Append("\\\""), '\n' => text.Append("\\n"), _ => text.Append(unit) };
            text.Append('"');
        }
        return text.Append('}').ToString();
    }

    private sealed class Figures
    {
        private readonly StringBuilder text = new();

        public void Of(string name, string type, string help, IEnumerable<(string Labels, double Value)> values)
        {
            Head(name, type, help);
            foreach (var (labels, value) in values.OrderBy(pair => pair.Labels, StringComparer.Ordinal)) Line(name, labels, value);
        }

        public void Histogram(string name, string help, ValueList<double> bounds, ValueList<long> atMost, long count, double sum)
        {
            Head(name, "histogram", help);
            foreach (var (bound, value) in bounds.Zip(atMost)) Line($"{name}_bucket", Labels(("le", bound.ToString(CultureInfo.InvariantCulture))), value);
            Line($"{name}_bucket", Labels(("le", "+Inf")), count);
            Line($"{name}_sum", "", sum);
            Line($"{name}_count", "", count);
        }

        public override string ToString() => text.ToString();

        private void Head(string name, string type, string help) => text.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n");

        private void Line(string name, string labels, double value) => text.Append(name).Append(labels).Append(' ')
            .Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}

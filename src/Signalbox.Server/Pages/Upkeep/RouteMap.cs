using System.Globalization;

namespace Signalbox.Server.Pages.Upkeep;

/// <summary>Routes as a picture: conditions on the left, rooms on the right, a line for each way with what went along it.</summary>
internal static class RouteMap
{
    private const int Row = 46;
    private const double LeftEdge = 470;
    private const double RightEdge = 760;
    private const double Width = 1000;
    private const int LongestCondition = 58;
    private const int LongestRoom = 26;

    /// <summary>A way from a route to a room.</summary>
    private sealed record Way(int From, int To, int Count);

    /// <summary>The picture.</summary>
    /// <param name="settings">The routes and the rooms.</param>
    /// <param name="traffic">What went where.</param>
    public static Html Of(Settings settings, Traffic traffic)
    {
        var routes = settings.Routes;
        var owner = settings.Rooms.Count;
        var number = settings.Rooms.Select((room, place) => (room.Name, place)).ToDictionary(pair => pair.Name, pair => pair.place);
        var ways = new List<Way>();
        for (var route = 0; route < routes.Count; route++)
        {
            var rule = routes.All[route];
            foreach (var room in rule.To) ways.Add(new(route, number[room.Name], traffic.Lines.GetValueOrDefault((room.Name, route))));
            if (!rule.ToOwner) continue;
            var named = rule.To.Select(room => room.Name).ToHashSet();
            ways.Add(new(route, owner, traffic.Lines.Where(line => line.Key.Route == route && !named.Contains(line.Key.Room)).Sum(line => line.Value)));
        }
        if (number.TryGetValue(routes.Fallback.Name, out var fallback))
            ways.Add(new(routes.Count, fallback, traffic.Lines.GetValueOrDefault((routes.Fallback.Name, -1))));
        var hasOwner = ways.Any(way => way.To == owner);
        var (lefts, rights) = (routes.Count + 1, settings.Rooms.Count + (hasOwner ? 1 : 0));
        var height = Row * Math.Max(lefts, rights) + 10;
        double Left(int place) => height / 2.0 + Row * (place - (lefts - 1) / 2.0);
        double Right(int place) => height / 2.0 + Row * (place - (rights - 1) / 2.0);
        var most = Math.Max(1, ways.Max(way => way.Count));
        return Html.Of($"""
            <svg class="map" viewBox="0 0 {Width} {height}" role="img" aria-labelledby="map-title map-words"><title id="map-title">Routes and rooms</title>
            <desc id="map-words">{string.Join("; ", ways.Select(way => Said(way, settings)))}</desc>
            {ways.Select(way => Line(way, Left(way.From), Right(way.To), most))}
            {Enumerable.Range(0, lefts).Select(place => RouteBox(place, Left(place), routes))}
            {Enumerable.Range(0, rights).Select(place => RoomBox(place < owner ? settings.Rooms[place].Name : "whoever owns it", Right(place), place < owner))}
            {Labels(ways, Left, Right)}</svg>
            """);
    }

    private static string Said(Way way, Settings settings)
    {
        var from = way.From < settings.Routes.Count ? settings.Routes.Reasons[way.From] : "everything else";
        var to = way.To < settings.Rooms.Count ? settings.Rooms[way.To].Name : "whoever owns it";
        return $"{from} to {to}: {Quantity.Count(way.Count, "message")}";
    }

    private static Html Line(Way way, double y, double z, int most) => Html.Of($"""
        <path class="{(way.Count > 0 ? "way" : "way idle")}" d="{Curve(y, z)}"
         stroke-width="{(way.Count is 0 ? 1.2 : 1.6 + 7 * Math.Sqrt((double)way.Count / most))}"/>
        """);

    /// <summary>A count stands on its line, near the room, where neither another line nor another count is near; where there is no such place, as far
    /// from both as can be.</summary>
    private static Html Labels(List<Way> ways, Func<int, double> left, Func<int, double> right)
    {
        var (labels, placed) = (new List<Html>(), new List<(double X, double Y)>());
        foreach (var way in ways.Where(way => way.Count > 0))
        {
            var best = Enumerable.Range(0, 15).Select(step => 0.85 - 0.05 * step).MaxBy(t => Math.Min(Clear, Room(t)));
            var (x, y) = Point(best, left(way.From), right(way.To));
            placed.Add((x, y));
            labels.Add(Label(way.Count, x, y));

            double Room(double t)
            {
                var (across, down) = Point(t, left(way.From), right(way.To));
                // All lines are as far across at the same t, so that what is between two of them is what they differ in height.
                var lines = ways.Where(other => other != way).Select(other => Math.Abs(Point(t, left(other.From), right(other.To)).Y - down));
                var counts = placed.Select(other => Math.Max(Math.Abs(other.X - across) / 2, Math.Abs(other.Y - down)) - CountHeight / 2);
                return Math.Min(lines.DefaultIfEmpty(Clear).Min(), counts.DefaultIfEmpty(Clear).Min());
            }
        }
        return Html.All(labels);
    }

    private static (double X, double Y) Point(double t, double y, double z)
    {
        var (a, b) = (1 - t, t);
        return (a * a * a * LeftEdge + 3 * a * b * Middle + b * b * b * RightEdge, (a * a * a + 3 * a * a * b) * y + (3 * a * b * b + b * b * b) * z);
    }

    private static Html Label(int count, double x, double y)
    {
        var text = count.ToString(CultureInfo.InvariantCulture);
        var wide = 12 + 8 * text.Length;
        return Html.Of($"""
            <rect class="count" x="{x - wide / 2.0}" y="{y - CountHeight / 2}" width="{wide}" height="{CountHeight}" rx="10"/>
            <text class="counted" x="{x}" y="{y + 4.5}">{text}</text>
            """);
    }

    /// <summary>So far from another line a count touches none.</summary>
    private const double Clear = 14;
    private const double CountHeight = 20;

    private const double Middle = (LeftEdge + RightEdge) / 2;

    private static string Curve(double y, double z) =>
        string.Create(CultureInfo.InvariantCulture, $"M{LeftEdge} {y:0.#}C{Middle} {y:0.#} {Middle} {z:0.#} {RightEdge} {z:0.#}");

    private static Html RouteBox(int place, double y, Routes routes)
    {
        var isRest = place == routes.Count;
        var quiet = !isRest && routes.All[place].Quiet is not null;
        var text = isRest ? "everything else" : routes.All[place].Text.Length is 0 ? "everything" : Cut.Line(routes.All[place].Text, LongestCondition);
        return Html.Of($"""
            <g class="{(quiet ? "box quiet" : isRest ? "box rest" : "box")}"><rect x="1" y="{y - 16}" width="{LeftEdge - 1}" height="32" rx="7"/>
            <text x="14" y="{y + 4.5}">{(isRest ? "" : $"{place + 1}  ")}{text}{(quiet ? "  · held back" : "")}</text></g>
            """);
    }

    private static Html RoomBox(string name, double y, bool isRoom)
    {
        var box = Html.Of($"""
            <g class="{(isRoom ? "box" : "box rest")}"><rect x="{RightEdge}" y="{y - 16}" width="{Width - RightEdge - 1}" height="32" rx="7"/>
            <text x="{RightEdge + 14}" y="{y + 4.5}">{Cut.Line(name, LongestRoom)}</text></g>
            """);
        return isRoom ? Html.Of($"<a href=\"{PathPart.Room(name)}\">{box}</a>") : box;
    }
}

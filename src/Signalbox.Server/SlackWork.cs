using Signalbox.Server.Pages;

namespace Signalbox.Server;

/// <summary>What people in Slack ask this server for, whichever way it comes.</summary>
internal static class SlackWork
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>True when it has not come before; it is noted.</summary>
    public static async Task<bool> IsNew(SlackRequest request, Station station, CancellationToken stop)
    {
        if (request is SlackRequest.Other other) station.Journal.Says("slack", ("request", Cut.Line(other.Type, 60)), ("outcome", "nothing to do"));
        if (request is SlackRequest.Other or SlackRequest.Challenge) return false;
        if (await ActsOf(station).IsNew(request, stop)) return true;
        station.Journal.Says("slack", ("request", NameOf(request)), ("outcome", "repeat"));
        return false;
    }

    /// <summary>Does it. Never throws; what went wrong is said to whoever asked.</summary>
    public static async Task<string> Do(SlackRequest request, Station station)
    {
        using var patience = new CancellationTokenSource(Longest);
        try
        {
            var answer = await ActsOf(station).Do(request, patience.Token);
            station.Journal.Says("slack", ("request", NameOf(request)), ("by", By(request)), ("outcome", "done"));
            return answer ?? "";
        }
        catch (Exception fault)
        {
            station.Journal.Complains("slack", ("request", NameOf(request)), ("outcome", "failed"), ("reason", fault.GetType().Name));
            return "That did not work: Signalbox has trouble, and its log says which. Please try again.";
        }
    }

    /// <summary>Does it and tells whoever asked. Never throws.</summary>
    public static async Task DoAndTell(SlackRequest request, Station station) => await Tell(request, await Do(request, station), station);

    /// <summary>Tells whoever asked. Never throws.</summary>
    public static async Task Tell(SlackRequest request, string answer, Station station)
    {
        if (answer.Length is 0) return;
        using var patience = new CancellationTokenSource(Longest);
        try
        {
            if (await ActsOf(station).Tell(request, answer, patience.Token) is { } why)
                station.Journal.Doubts("slack", ("request", NameOf(request)), ("outcome", "the answer could not be shown"), ("reason", why));
        }
        catch (Exception fault)
        {
            station.Journal.Doubts("slack", ("request", NameOf(request)), ("outcome", "the answer could not be shown"), ("reason", fault.GetType().Name));
        }
    }

    private static SlackActs ActsOf(Station station)
    {
        var duty = station.Now;
        return new(duty.Settings, duty.Engine, station.Store, duty.World, station.SlackPeople)
        {
            PageOf = id => duty.Settings.Serving.Url is { } url ? url + PathPart.Event(id) : null,
        };
    }

    private static string NameOf(SlackRequest request) => request switch
    {
        SlackRequest.Pressed pressed => Cut.Line(pressed.Action, 60),
        SlackRequest.Command command => $"command {Cut.Line(command.Text, 200)}",
        SlackRequest.Mentioned mentioned => $"mention {Cut.Line(mentioned.Text, 200)}",
        _ => "nothing",
    };

    private static string By(SlackRequest request) => request switch
    {
        SlackRequest.Pressed pressed => pressed.By.Id,
        SlackRequest.Command command => command.By.Id,
        SlackRequest.Mentioned mentioned => mentioned.By.Id,
        _ => "",
    };
}

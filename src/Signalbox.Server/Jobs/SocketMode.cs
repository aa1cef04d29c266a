namespace Signalbox.Server.Jobs;

/// <summary>Listens to people in Slack through Socket Mode, where the settings have an app token.</summary>
internal static class SocketMode
{
    public static readonly Job Row = new("slack socket mode", (station, duty, stop) => new SlackSocket(duty.Settings, duty.World, async (request, ends) =>
    {
        if (await SlackWork.IsNew(request, station, ends)) await SlackWork.DoAndTell(request, station);
    })
    {
        Says = what => station.Journal.Says("slack", ("outcome", what)),
        Trouble = what => station.Journal.Complains("slack", ("outcome", "trouble"), ("reason", what)),
    }.Run(stop));
}

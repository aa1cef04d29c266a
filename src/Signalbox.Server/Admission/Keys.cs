namespace Signalbox.Server.Admission;

/// <summary>Programs that bring events.</summary>
internal static class Keys
{
    /// <summary>True when the request may bring events; otherwise it has been answered.</summary>
    public static async Task<bool> Admit(HttpContext http, Station station)
    {
        if (Doorkeeper.IsLocal(http)) return true;
        station.Journal.Doubts("refused", ("path", http.Request.Path.Value ?? ""), ("reason", "no key"));
        await Reply.Text(http, 401, "a key is needed: Authorization: Bearer KEY\n");
        return false;
    }
}

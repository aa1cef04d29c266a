namespace Signalbox.Server.Admission;

/// <summary>Somebody at a browser.</summary>
/// <param name="Name">As others know them.</param>
/// <param name="Role">What they may do: <see cref="Door.Viewer"/>, <see cref="Door.Responder"/> or <see cref="Door.Admin"/>.</param>
internal sealed record Person(string Name, Door Role);

/// <summary>People at a browser.</summary>
internal static class People
{
    private static readonly object Key = new();

    /// <summary>Who sent the request; only behind a door that asks.</summary>
    public static Person Of(HttpContext http) => (Person)http.Items[Key]!;

    /// <summary>True when the request comes from somebody who may use this door; otherwise it has been answered.</summary>
    public static async Task<bool> Admit(HttpContext http, Door door, Station station)
    {
        if (Doorkeeper.IsLocal(http))
        {
            http.Items[Key] = new Person("local", Door.Admin);
            return true;
        }
        station.Journal.Doubts("refused", ("path", http.Request.Path.Value ?? ""), ("reason", "nobody has signed in"));
        await Reply.Text(http, 401, "sign in first\n");
        return false;
    }
}

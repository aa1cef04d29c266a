using Signalbox.Server.Pages;

namespace Signalbox.Server.Admission;

/// <summary>Somebody at a browser.</summary>
/// <param name="Name">As others know them.</param>
/// <param name="Role">What they may do: <see cref="Door.Viewer"/>, <see cref="Door.Responder"/> or <see cref="Door.Admin"/>.</param>
internal sealed record Person(string Name, Door Role)
{
    /// <summary>The address that they call from; empty when nobody knows.</summary>
    public string From { get; init; } = "";

    /// <summary>The id of their session; null for somebody who needs none.</summary>
    public string? Session { get; init; }

    /// <summary>The button that ends their session, for the frame of pages; nothing for somebody who needs none.</summary>
    public Html SignOut { get; init; }
}

/// <summary>People at a browser.</summary>
internal static class People
{
    private static readonly object Key = new();

    /// <summary>Who sent the request; only behind a door that asks.</summary>
    public static Person Of(HttpContext http) => (Person)http.Items[Key]!;

    /// <summary>Who sent the request; null for nobody whom we know.</summary>
    public static Person? Find(HttpContext http) => http.Items[Key] as Person;

    /// <summary>True when the request comes from somebody who may use this door; otherwise it has been answered.</summary>
    public static async Task<bool> Admit(HttpContext http, Door door, Station station)
    {
        var signIn = station.Now.Settings.Serving.SignIn;
        if (signIn is null && Callers.IsAtThisMachine(http, station) && !Callers.IsLoopback(http.Request.Host.Host))
        {
            await Refuse(http, station, 421, "not a name of this machine", SignInPages.WrongName(http.Request.Host.Host));
            return false;
        }
        if (await Identify(http, station) is not { } person)
        {
            await Turn(http, signIn, station);
            return false;
        }
        http.Items[Key] = person;
        if (person.Session is not null)
        {
            http.Items[Key] = person = person with
            {
                SignOut = Html.Of($"""<form method="post" action="/sign-out">{Csrf.Field(http)}<button class="plain">Sign out</button></form>"""),
            };
        }
        if (person.Role < door)
        {
            await Refuse(http, station, 403, $"{person.Name} is no {Word(door)}", SignInPages.NotAllowed(person, door));
            return false;
        }
        if (http.Request.Method is "GET" or "HEAD" || await Csrf.Check(http, station)) return true;
        await Refuse(http, station, 403, "it came from no page of this server", SignInPages.NotFromHere(person));
        return false;
    }

    /// <summary>The word for what somebody may do.</summary>
    public static string Word(Door role) => role switch { Door.Admin => "admin", Door.Responder => "responder", _ => "viewer" };

    /// <summary>The door up to which a role leads.</summary>
    public static Door DoorOf(Role role) => role switch { Role.Admin => Door.Admin, Role.Responder => Door.Responder, _ => Door.Viewer };

    /// <summary>Who sent the request; null for nobody whom we know. It answers nothing.</summary>
    public static async Task<Person?> Identify(HttpContext http, Station station)
    {
        var from = Callers.Of(http, station)?.ToString() ?? "";
        if (station.Now.Settings.Serving.SignIn is not { } signIn)
            return Callers.IsAtThisMachine(http, station) ? new("local", Door.Admin) { From = from } : null;
        return Proxied(http, signIn, station) is { } proxied ? proxied with { From = from } : await BySession(http, signIn, from, station);
    }

    private static Person? Proxied(HttpContext http, SignIn signIn, Station station)
    {
        if (signIn.Proxy is not { } proxy || http.Request.Headers[proxy.Header].ToString().Trim() is not { Length: > 0 } name) return null;
        if (!Callers.IsFrom(http, proxy.From))
        {
            station.Journal.Doubts("refused", ("path", http.Request.Path.Value ?? ""), ("from", http.Connection.RemoteIpAddress?.ToString() ?? ""),
                ("reason", $"{proxy.Header} is ignored: it came from none of server.sign-in.proxy.from"));
            return null;
        }
        var roles = proxy.RoleHeader is { } header ? http.Request.Headers[header].ToString().Split(',', StringSplitOptions.TrimEntries) : [];
        var role = roles.Contains("admin") ? Role.Admin : roles.Contains("responder") ? Role.Responder : roles.Contains("viewer") ? Role.Viewer : proxy.Role;
        return new(Cut.OneLine(name), DoorOf(role));
    }

    private static async Task<Person?> BySession(HttpContext http, SignIn signIn, string from, Station station)
    {
        if (Cookies.Of(http, Cookies.Session) is not { } id) return null;
        var (now, stop) = (station.Now.World.Now(), http.RequestAborted);
        if (await station.Reception.Sessions.Of(id, signIn.Idle, now, stop) is not { } session) return null;
        var role = session.Via switch
        {
            // What the settings say of somebody holds at once, also that they are there no more, or have another password.
            "password" => signIn.Users.FirstOrDefault(user => user.Name == session.Name) is { } user
                && await Passwords.Proof(user, station, stop) == session.Proof ? user.Role : (Role?)null,
            _ => signIn.Oidc is { } oidc && $"{oidc.Issuer} {oidc.ClientId}" == session.Proof ? session.Role : null,
        };
        return role is { } known ? new(session.Name, DoorOf(known)) { From = from, Session = id } : null;
    }

    /// <summary>Somebody whom we do not know: to the sign-in, or to how one is set up.</summary>
    private static Task Turn(HttpContext http, SignIn? signIn, Station station)
    {
        if (signIn is null) return Refuse(http, station, 403, "no sign-in is set up", SignInPages.NotSetUp);
        if (signIn is { Users.Count: 0, Oidc: null }) return Refuse(http, station, 401, "it did not come through the proxy", SignInPages.OnlyByProxy);
        var isPage = http.Request.Method is "GET" && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (!isPage) return Refuse(http, station, 401, "nobody has signed in", SignInPages.First);
        http.Response.Redirect($"/sign-in?back={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        http.Response.StatusCode = 303;
        return Task.CompletedTask;
    }

    private static Task Refuse(HttpContext http, Station station, int status, string reason, Html page)
    {
        station.Journal.Doubts("refused", ("path", http.Request.Path.Value ?? ""), ("from", Callers.Of(http, station)?.ToString() ?? ""), ("reason", reason));
        return Reply.Html(http, status, Layout.Page(new("Not allowed", "") { Person = Find(http) }, page));
    }
}

using Signalbox.Server.Admission;
using Signalbox.Server.Admission.Oidc;
using Signalbox.Server.Pages;

namespace Signalbox.Server.Gates;

/// <summary>The way in for people.</summary>
internal static class SignInGates
{
    /// <summary>The same for a wrong name and for a wrong password: nobody learns who has one.</summary>
    private const string Wrong = "Name or password is wrong.";

    private const string TooMany = "There were too many tries. Wait a quarter of an hour, then try again.";

    /// <summary>Shows the form.</summary>
    public static readonly Gate Ask = new("GET", "/sign-in", Door.Open, async (http, station) =>
    {
        var back = Paths.Back(http.Request.Query["back"]);
        if (station.Now.Settings.Serving.SignIn is null || await People.Identify(http, station) is not null) Go(http, back);
        else await Show(http, station, 200, back, "", "");
    });

    /// <summary>Takes a name and a password.</summary>
    public static readonly Gate Take = new("POST", "/sign-in", Door.Open, async (http, station) =>
    {
        if (station.Now.Settings.Serving.SignIn is not { } signIn || !http.Request.HasFormContentType)
        {
            await Reply.Text(http, 400, "a form is needed\n");
            return;
        }
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (name, password, back) = (form["name"].ToString().Trim(), form["password"].ToString(), Paths.Back(form["back"]));
        if (!await Csrf.Check(http, station))
        {
            await Show(http, station, 403, back, name, "This page was open for too long, or your browser keeps no cookies. Try again.");
            return;
        }
        var outcome = await Passwords.Check(http, name, password, station);
        // What was typed as a name may be a password: only names that somebody has are noted.
        var who = signIn.Users.Any(user => user.Name == name) ? name : "somebody unknown";
        if (outcome is not PasswordOutcome.Right)
        {
            station.Journal.Doubts("sign-in", ("user", who), ("from", Callers.Of(http, station)?.ToString() ?? ""),
                ("outcome", outcome is PasswordOutcome.TooMany ? "too many tries" : "wrong"));
            await Show(http, station, outcome is PasswordOutcome.TooMany ? 429 : 401, back, name, outcome is PasswordOutcome.TooMany ? TooMany : Wrong);
            return;
        }
        var user = signIn.Users.First(user => user.Name == name);
        await Begin(http, station, signIn, name, user.Role, "password", await Passwords.Proof(user, station, http.RequestAborted) ?? "");
        Go(http, back);
    });

    /// <summary>Leaves for the issuer.</summary>
    public static readonly Gate Leave = new("GET", "/sign-in/leave", Door.Open, async (http, station) =>
    {
        if (station.Now.Settings.Serving.SignIn?.Oidc is not { } oidc)
        {
            await Reply.Text(http, 404, "there is no issuer in the settings\n");
            return;
        }
        var journey = Journey.To(http.Request.Query["back"].ToString());
        var (issuer, why) = await station.Reception.Issuers.Of(oidc.Issuer, station.Now.World, http.RequestAborted);
        if (issuer is null)
        {
            station.Journal.Complains("sign-in", ("outcome", "failed"), ("reason", why));
            await Show(http, station, 502, journey.Back, "", $"The issuer cannot be asked now: {why}.");
            return;
        }
        Cookies.Set(http, Cookies.Journey, journey.Cookie, Journey.Longest);
        http.Response.Redirect(CodeFlow.Leave(issuer, oidc, journey, Paths.Whole(http, station, Home)));
    });

    /// <summary>Comes back from the issuer.</summary>
    public static readonly Gate Return = new("GET", Home, Door.Open, async (http, station) =>
    {
        if (station.Now.Settings.Serving.SignIn is not { Oidc: { } oidc } signIn)
        {
            await Reply.Text(http, 404, "there is no issuer in the settings\n");
            return;
        }
        var journey = Journey.Read(Cookies.Of(http, Cookies.Journey));
        Cookies.Clear(http, Cookies.Journey);
        var arrived = await CodeFlow.Arrive(journey, http.Request.Query, oidc, Paths.Whole(http, station, Home), station, http.RequestAborted);
        if (arrived.Name is not { } name)
        {
            station.Journal.Doubts("sign-in", ("from", Callers.Of(http, station)?.ToString() ?? ""), ("outcome", "refused"), ("reason", arrived.Why));
            await Show(http, station, 403, journey?.Back ?? "/", "", $"You were not let in: {arrived.Why}.");
            return;
        }
        await Begin(http, station, signIn, name, arrived.Role, "oidc", $"{oidc.Issuer} {oidc.ClientId}");
        Go(http, journey!.Back);
    });

    /// <summary>Ends the session.</summary>
    public static readonly Gate Out = new("POST", "/sign-out", Door.Viewer, async (http, station) =>
    {
        var person = People.Of(http);
        if (person.Session is { } id)
        {
            await station.Reception.Sessions.End(id, http.RequestAborted);
            Cookies.Clear(http, Cookies.Session);
            await Audit.Note(station, person, "sign-out", new("", ""), "done");
        }
        Go(http, "/sign-in");
    });

    private const string Home = "/sign-in/oidc";

    /// <summary>A new session under a new id, whatever the browser had before.</summary>
    private static async Task Begin(HttpContext http, Station station, SignIn signIn, string name, Role role, string via, string proof)
    {
        var (now, stop) = (station.Now.World.Now(), http.RequestAborted);
        if (Cookies.Of(http, Cookies.Session) is { Length: < 100 } old) await station.Reception.Sessions.End(old, stop);
        var id = await station.Reception.Sessions.Begin(new(name, role, via, proof, now, now + signIn.Lifetime), stop);
        Cookies.Set(http, Cookies.Session, id, signIn.Lifetime);
        Cookies.Clear(http, Cookies.Visit);
        var person = new Person(name, People.DoorOf(role)) { From = Callers.Of(http, station)?.ToString() ?? "" };
        await Audit.Note(station, person, $"sign-in by {via}", new("", ""), "done");
    }

    private static Task Show(HttpContext http, Station station, int status, string back, string name, string says) =>
        station.Now.Settings.Serving.SignIn is { } signIn
            ? Reply.Html(http, status, Layout.Page("Sign in", "", SignInPages.Form(signIn, back, name, says, Csrf.Field(http))))
            : Reply.Html(http, 403, Layout.Page("Sign in", "", SignInPages.NotSetUp));

    private static void Go(HttpContext http, string path)
    {
        http.Response.Redirect(path);
        http.Response.StatusCode = 303;
    }
}

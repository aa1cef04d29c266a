using Signalbox.Server.Admission;

namespace Signalbox.Server.Pages;

/// <summary>What somebody sees who may not come in yet.</summary>
internal static class SignInPages
{
    /// <summary>The form.</summary>
    /// <param name="signIn">The ways that there are.</param>
    /// <param name="back">The page that it leads to.</param>
    /// <param name="name">The name that was typed before.</param>
    /// <param name="says">What went wrong before; empty for nothing.</param>
    /// <param name="token">The field that proves where the form comes from.</param>
    public static Html Form(SignIn signIn, string back, string name, string says, Html token) => Html.Of($"""
        <div class="gate panel pad"><h1>Sign in</h1>
        {(says.Length > 0 ? Html.Of($"<p class=\"wrong\" role=\"alert\">{says}</p>") : Html.None)}
        {(signIn.Oidc is { } oidc ? ByIssuer(oidc, back, signIn.Users.Count is 0) : Html.None)}
        {(signIn.Users.Count > 0 ? ByPassword(back, name, token) : Html.None)}</div>
        """);

    /// <summary>Nobody can sign in yet.</summary>
    public static readonly Html NotSetUp = Said("Nobody can sign in yet", Html.Of($"""
        <p>This server can be reached from other machines, so people have to say who they are, and its settings do not say how. Put one of these under
        <code>server</code>, and start it again:</p>
        <pre class="raw">{"""
        server:
          sign-in:
            users:
              anna: { password: "file:/etc/signalbox/anna", role: admin }   # made by: signalbox password
            proxy: { header: X-Forwarded-User, from: 10.0.0.0/8 }           # a reverse proxy that has asked already
            oidc:                                                           # OpenID Connect
              issuer: https://login.example.com
              client-id: signalbox
              client-secret: env:OIDC_SECRET
              roles: { admin: ops, viewer: "*" }
        """}</pre>
        <p>Or let only this machine reach it: <code>signalbox serve --listen 127.0.0.1:9080</code>, without <code>server.url</code> and without a proxy.</p>
        """));

    /// <summary>A way in that is not this one.</summary>
    public static readonly Html OnlyByProxy = Said("Come through the proxy", Html.Of(
        $"<p>People sign in at a proxy in front of this server, and this request did not come through it. Open the address that your team uses.</p>"));

    /// <summary>For programs and scripts.</summary>
    public static readonly Html First = Said("Sign in first", Html.Of($"""<p><a class="button main" href="/sign-in">Sign in</a></p>"""));

    /// <summary>A name that leads here and is not this machine's.</summary>
    public static Html WrongName(string host) => Said("Not under this name", Html.Of(
        $"<p>This server answers to <code>localhost</code> only, and was asked for <code>{Cut.Line(host, 100)}</code>. "
        + $"Set <code>server.url</code> and <code>server.sign-in</code> to reach it under another name.</p>"));

    /// <summary>A role that is not enough.</summary>
    public static Html NotAllowed(Person person, Door door) => Said($"This needs the role {People.Word(door)}", Html.Of(
        $"<p>You are {person.Name}, and your role is {People.Word(person.Role)}. Whoever keeps the settings of this server can give you another one.</p>"));

    /// <summary>A form that is not ours, or too old.</summary>
    public static Html NotFromHere(Person person) => Said("Please try again", Html.Of(
        $"<p>Nothing was done, {person.Name}: the request came from no page of this server, or from one that was open when you signed in anew. "
        + $"Open the page again and repeat what you did.</p><p><a class=\"button\" href=\"/\">To the rooms</a></p>"));

    private static Html ByIssuer(OidcSignIn oidc, string back, bool isOnly) => Html.Of(
        $"<p><a class=\"button{(isOnly ? " main" : "")}\" href=\"/sign-in/leave?back={Uri.EscapeDataString(back)}\">Sign in with {Host(oidc.Issuer)}</a></p>");

    private static Html ByPassword(string back, string name, Html token) => Html.Of($"""
        <form method="post" action="/sign-in">{token}<input type="hidden" name="back" value="{back}">
        <p><label for="name">Name</label>
        <input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required value="{name}"></p>
        <p><label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required></p>
        <p><button class="main">Sign in</button></p></form>
        """);

    private static string Host(string issuer) => Uri.TryCreate(issuer, UriKind.Absolute, out var address) ? address.Host : issuer;

    private static Html Said(string title, Html rest) => Html.Of($"""<div class="gate panel pad"><h1>{title}</h1>{rest}</div>""");
}

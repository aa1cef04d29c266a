using Signalbox.Server.Admission;

namespace Signalbox.ServerTests;

public sealed class Passwording
{
    private const string Secret = "correct horse battery staple";

    /// <summary>Made once: a hash takes a good part of a second.</summary>
    private static readonly string Hash = PasswordHash.Of(Secret);

    private static string Settings(string hash, string more = "") => $$"""
        server:
          sign-in:
            users:
              anna: { password: "file:{{hash}}", role: admin }
              ben: { password: "file:{{hash}}" }
            {{more}}
        """;

    [Fact]
    public async Task The_right_password_opens_the_page_that_was_asked_for()
    {
        using var file = new Scrap(Hash);
        await using var served = await Served.With(Settings(file.Path));
        using var browser = new Browser(served);
        var signed = await browser.SignIn("anna", Secret, "/audit?who=anna");
        Assert.Equal((303, "/audit?who=anna"), (signed.Status, signed.Leads));
        Assert.Contains("signalbox-session=", signed.Headers, StringComparison.Ordinal);
        Assert.Contains("httponly", signed.Headers, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", signed.Headers, StringComparison.OrdinalIgnoreCase);
        var page = await browser.Open("/audit");
        Assert.Equal(200, page.Status);
        Assert.Contains("sign-in by password", page.Text, StringComparison.Ordinal);
        var gone = await browser.Submit(page, "/sign-out");
        Assert.Equal((303, "/sign-in"), (gone.Status, gone.Leads));
        Assert.Equal(303, (await browser.Open("/audit")).Status);
    }

    [Fact]
    public async Task A_session_that_was_ended_cannot_be_used_by_whoever_copied_its_cookie()
    {
        using var file = new Scrap(Hash);
        await using var served = await Served.With(Settings(file.Path));
        using var browser = new Browser(served);
        await browser.SignIn("anna", Secret);
        var cookie = browser.Cookies.GetCookies(served.Http.BaseAddress!)["signalbox-session"]!.Value;
        using var thief = new Browser(served).With("Cookie", $"signalbox-session={cookie}");
        Assert.Equal(200, (await thief.Open("/audit")).Status);
        await browser.Submit(await browser.Open("/audit"), "/sign-out");
        Assert.Equal(303, (await thief.Open("/audit")).Status);
    }

    [Fact]
    public async Task A_restart_and_a_second_server_know_who_has_signed_in()
    {
        using var file = new Scrap(Hash);
        await using var first = await Served.With(Settings(file.Path));
        await using var second = await Served.With(Settings(file.Path), store: first.Store);
        using var browser = new Browser(first);
        await browser.SignIn("anna", Secret);
        var cookie = browser.Cookies.GetCookies(first.Http.BaseAddress!)["signalbox-session"]!.Value;
        using var there = new Browser(second).With("Cookie", $"signalbox-session={cookie}");
        Assert.Equal(200, (await there.Open("/audit")).Status);
        var kept = await first.Store.Documents("session", TestContext.Current.CancellationToken);
        Assert.DoesNotContain(cookie, string.Concat(kept.Select(each => each.Name + System.Text.Encoding.UTF8.GetString(each.Body.Span))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_signs_in_anew_gets_a_session_of_another_id()
    {
        using var file = new Scrap(Hash);
        await using var served = await Served.With(Settings(file.Path));
        using var browser = new Browser(served);
        await browser.SignIn("ben", Secret);
        var old = browser.Cookies.GetCookies(served.Http.BaseAddress!)["signalbox-session"]!.Value;
        await browser.Submit(await browser.Open("/audit"), "/sign-out");
        await browser.SignIn("ben", Secret);
        Assert.NotEqual(old, browser.Cookies.GetCookies(served.Http.BaseAddress!)["signalbox-session"]!.Value);
        var page = await browser.Open("/audit");
        Assert.Equal(403, page.Status);
        Assert.Contains("Sign out", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_taken_out_of_the_settings_or_gets_another_password_is_out_at_once()
    {
        using var file = new Scrap(Hash);
        await using var before = await Served.With(Settings(file.Path));
        using var browser = new Browser(before);
        await browser.SignIn("anna", Secret);
        var cookie = browser.Cookies.GetCookies(before.Http.BaseAddress!)["signalbox-session"]!.Value;
        using var other = new Scrap(PasswordHash.Of("another"));
        await using var changed = await Served.With(Settings(other.Path), store: before.Store);
        using var later = new Browser(changed).With("Cookie", $"signalbox-session={cookie}");
        Assert.Equal(303, (await later.Open("/audit")).Status);
        await using var without = await Served.With(Settings(file.Path).Replace("anna:", "carla:", StringComparison.Ordinal), store: before.Store);
        using var gone = new Browser(without).With("Cookie", $"signalbox-session={cookie}");
        Assert.Equal(303, (await gone.Open("/audit")).Status);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_and_when_it_is_too_old()
    {
        using var file = new Scrap(Hash);
        await using var served = await Served.With(Settings(file.Path, "idle: 400ms"));
        using var browser = new Browser(served);
        await browser.SignIn("anna", Secret);
        Assert.Equal(200, (await browser.Open("/audit")).Status);
        await Served.Until(async () =>
        {
            await Task.Delay(600);
            return (await browser.Open("/audit")).Status is 303;
        });
        await using var brief = await Served.With(Settings(file.Path, "lifetime: 300ms"));
        using var other = new Browser(brief);
        await other.SignIn("anna", Secret);
        await Served.Until(async () => (await other.Open("/audit")).Status is 303);
    }

    [Fact]
    public async Task A_wrong_password_and_a_wrong_name_are_answered_alike_and_not_for_ever()
    {
        using var file = new Scrap(Hash);
        await using var served = await Served.With(Settings(file.Path));
        using var browser = new Browser(served);
        var wrong = await browser.SignIn("anna", "hunter2");
        var unknown = await browser.SignIn("hunter2", "hunter2");
        Assert.Equal((401, 401), (wrong.Status, unknown.Status));
        Assert.Contains("Name or password is wrong.", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("Name or password is wrong.", unknown.Text, StringComparison.Ordinal);
        for (var tries = 0; tries < 4; tries++) await browser.SignIn("anna", "hunter2");
        Assert.Equal(429, (await browser.SignIn("anna", Secret)).Status);
        Assert.Equal(303, (await browser.SignIn("ben", Secret)).Status);
        Assert.DoesNotContain(served.Log, line => line.Contains("hunter2", StringComparison.Ordinal) || line.Contains(Secret, StringComparison.Ordinal));
        Assert.Contains(served.Log, line => line.Contains("too many tries", StringComparison.Ordinal) && line.Contains("anna", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sign_in_form_from_another_browser_is_refused()
    {
        using var file = new Scrap(Hash);
        await using var served = await Served.With(Settings(file.Path));
        using var one = new Browser(served);
        using var other = new Browser(served);
        var form = await one.Open("/sign-in");
        Assert.Equal(403, (await other.Submit(form, "/sign-in", ("name", "anna"), ("password", Secret))).Status);
    }

    [Fact]
    public async Task Cookies_go_by_https_only_where_people_come_by_https()
    {
        using var file = new Scrap(Hash);
        await using var served = await Served.With(Settings(file.Path).Replace("server:", "server:\n  url: https://signalbox.example.com", StringComparison.Ordinal));
        using var browser = new Browser(served);
        var headers = (await browser.Open("/sign-in")).Headers;
        Assert.Contains("__Host-signalbox-visit=", headers, StringComparison.Ordinal);
        Assert.Contains("secure", headers, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_reference_to_no_hash_lets_nobody_in_and_is_said_in_the_log_without_what_stands_there()
    {
        using var file = new Scrap("hunter2");
        await using var served = await Served.With(Settings(file.Path));
        using var browser = new Browser(served);
        Assert.Equal(401, (await browser.SignIn("anna", "hunter2")).Status);
        Assert.Contains(served.Log, line => line.Contains("holds no hash of a password", StringComparison.Ordinal));
        Assert.DoesNotContain(served.Log, line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pbkdf2-sha256$600000$AAAA$AAAA")]
    [InlineData("pbkdf2-sha256$1000$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("pbkdf2-sha256$999999999$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("md5$600000$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void What_is_no_hash_or_a_weak_one_fits_no_password(string hash)
    {
        Assert.False(PasswordHash.IsOne(hash));
        Assert.False(PasswordHash.Fits("", hash));
    }

    [Fact]
    public void A_hash_fits_its_password_only_and_is_another_each_time()
    {
        Assert.True(PasswordHash.Fits(Secret, Hash));
        Assert.False(PasswordHash.Fits(Secret + " ", Hash));
        Assert.StartsWith("pbkdf2-sha256$600000$", Hash, StringComparison.Ordinal);
        Assert.NotEqual(Hash, PasswordHash.Of(Secret));
    }
}

/// <summary>A file with one line, for as long as a test needs it.</summary>
public sealed class Scrap : IDisposable
{
    public Scrap(string line) => File.WriteAllText(Path, line + "\n");

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"signalbox-{Guid.NewGuid():n}");

    public void Dispose() => File.Delete(Path);
}

namespace Signalbox.ServerTests;

public sealed class WhoComesIn
{
    private const string ByProxy = """
        server:
          sign-in:
            proxy: { header: X-Forwarded-User, role-header: X-Forwarded-Role, from: FROM }
        """;

    [Fact]
    public async Task Nobody_signs_in_where_only_this_machine_can_call()
    {
        await using var served = await Served.With();
        using var browser = new Browser(served);
        Assert.Equal(200, (await browser.Open("/audit")).Status);
        Assert.Equal("/", (await browser.Open("/sign-in")).Leads);
    }

    [Fact]
    public async Task A_page_whose_own_name_leads_to_this_machine_is_told_nothing()
    {
        await using var served = await Served.With();
        using var rebound = new Browser(served).With("Host", "evil.example:9080");
        var page = await rebound.Open("/audit");
        Assert.Equal(421, page.Status);
        Assert.Contains("answers to <code>localhost</code> only", page.Text, StringComparison.Ordinal);
        using var local = new Browser(served).With("Host", "localhost:9080");
        Assert.Equal(200, (await local.Open("/audit")).Status);
    }

    [Fact]
    public async Task A_proxy_on_this_machine_does_not_make_everybody_somebody_at_this_machine()
    {
        await using var served = await Served.With();
        using var browser = new Browser(served).With("X-Forwarded-For", "203.0.113.9");
        Assert.Equal(403, (await browser.Open("/audit")).Status);
        await using var addressed = await Served.With("server: { url: https://signalbox.example.com }");
        using var other = new Browser(addressed);
        Assert.Equal(403, (await other.Open("/audit")).Status);
    }

    [Fact]
    public async Task A_server_for_other_machines_without_a_sign_in_lets_nobody_in_and_says_what_to_set()
    {
        await using var served = await Served.With(change: options => options with { Listen = "0.0.0.0:0" });
        using var browser = new Browser(served, $"http://127.0.0.1:{served.Http.BaseAddress!.Port}");
        var page = await browser.Open("/audit");
        Assert.Equal(403, page.Status);
        Assert.Contains("signalbox password", page.Text, StringComparison.Ordinal);
        Assert.Equal(403, (await browser.Open("/sign-in?back=/audit") is { Leads: var next } ? await browser.Open(next) : page).Status);
        Assert.Contains(served.Log, line => line.Contains("no sign-in is set up", StringComparison.Ordinal) && line.Contains("error", StringComparison.Ordinal));
        Assert.Equal((200, "alive\n"), (await browser.Open("/healthz") is var alive ? alive.Status : 0, alive.Text));
    }

    [Fact]
    public async Task Who_has_not_signed_in_is_led_to_the_sign_in_and_back()
    {
        await using var served = await Served.With(ByProxy.Replace("proxy: { header: X-Forwarded-User, role-header: X-Forwarded-Role, from: FROM }",
            "users: { anna: { password: env:NOTHING_HERE } }", StringComparison.Ordinal));
        using var browser = new Browser(served);
        var page = await browser.Open("/audit?who=anna&x=1");
        Assert.Equal((303, "/sign-in?back=%2Faudit%3Fwho%3Danna%26x%3D1"), (page.Status, page.Leads));
        Assert.Equal(401, (await browser.Post("/sign-out")).Status);
        Assert.Contains("name=\"back\" value=\"/audit?who=anna&amp;x=1\"", (await browser.Open(page.Leads)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/sign-out")]
    public async Task A_sign_in_leads_to_no_other_site(string back)
    {
        await using var served = await Served.With(ByProxy.Replace("FROM", "127.0.0.0/8", StringComparison.Ordinal));
        using var browser = new Browser(served).With("X-Forwarded-User", "anna");
        Assert.Equal("/", (await browser.Open($"/sign-in?back={Uri.EscapeDataString(back)}")).Leads);
    }

    [Fact]
    public async Task A_proxy_says_who_it_is_and_what_they_may_do()
    {
        await using var served = await Served.With(ByProxy.Replace("FROM", "[10.0.0.0/8, 127.0.0.0/8]", StringComparison.Ordinal));
        using var admin = new Browser(served).With("X-Forwarded-User", "anna").With("X-Forwarded-Role", "staff, admin");
        Assert.Contains("anna", (await admin.Open("/audit")).Text, StringComparison.Ordinal);
        using var viewer = new Browser(served).With("X-Forwarded-User", "<b>ben</b>");
        var page = await viewer.Open("/audit");
        Assert.Equal(403, page.Status);
        Assert.Contains("needs the role admin", page.Text, StringComparison.Ordinal);
        Assert.Contains("You are &lt;b&gt;ben&lt;/b&gt;, and your role is viewer", page.Text, StringComparison.Ordinal);
        using var nobody = new Browser(served);
        Assert.Equal(401, (await nobody.Open("/audit")).Status);
    }

    [Fact]
    public async Task A_name_from_anybody_but_the_proxy_is_ignored_and_the_log_says_so()
    {
        await using var served = await Served.With(ByProxy.Replace("FROM", "10.0.0.0/8", StringComparison.Ordinal));
        using var browser = new Browser(served).With("X-Forwarded-User", "anna").With("X-Forwarded-Role", "admin");
        Assert.Equal(401, (await browser.Open("/audit")).Status);
        Assert.Contains(served.Log, line => line.Contains("X-Forwarded-User is ignored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_answer_keeps_browsers_from_running_what_is_not_ours()
    {
        await using var served = await Served.With();
        using var browser = new Browser(served);
        foreach (var path in (string[])["/audit", "/healthz", "/not/there", "/sign-in"])
        {
            var headers = (await browser.Open(path)).Headers;
            Assert.Contains("Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'", headers, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'; base-uri 'none'", headers, StringComparison.Ordinal);
            Assert.Contains("X-Content-Type-Options: nosniff", headers, StringComparison.Ordinal);
            Assert.Contains("Referrer-Policy: same-origin", headers, StringComparison.Ordinal);
            Assert.Contains("Cache-Control: no-store", headers, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_that_does_not_come_from_a_page_of_this_server_does_nothing()
    {
        await using var served = await Served.With();
        using var browser = new Browser(served);
        Assert.Equal(403, (await browser.Post("/sign-out")).Status);
        Assert.Equal(403, (await browser.Post("/sign-out", ("csrf", "AAAA"))).Status);
        using var other = new Browser(served).With("Sec-Fetch-Site", "cross-site");
        Assert.Equal(403, (await other.Post("/events")).Status);
        using var old = new Browser(served).With("Origin", "https://evil.example");
        Assert.Equal(403, (await old.Post("/events")).Status);
    }
}

using System.Net;
using System.Text.RegularExpressions;

namespace Signalbox.ServerTests;

/// <summary>What came back: status, text, where it leads, and its headers as one text.</summary>
public sealed record Page(int Status, string Text, string Leads, string Headers);

/// <summary>A browser without a screen: it keeps cookies, and follows a redirect only when told.</summary>
public sealed partial class Browser : IDisposable
{
    private readonly HttpClient http;

    public Browser(Served served, string? address = null) => http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies })
    {
        BaseAddress = address is null ? served.Http.BaseAddress : new(address),
    };

    /// <summary>The cookies that it keeps.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>Headers that it sends with everything.</summary>
    public Browser With(string name, string value)
    {
        http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return this;
    }

    /// <summary>Opens a page.</summary>
    public async Task<Page> Open(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        return await Send(request);
    }

    /// <summary>Sends a form as it is.</summary>
    public async Task<Page> Post(string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        return await Send(request);
    }

    /// <summary>Fills a form of a page that was opened, and sends it with what is hidden in it.</summary>
    public Task<Page> Submit(Page page, string action, params (string Name, string Value)[] fields)
    {
        var form = Regex.Match(page.Text, $"<form[^>]*action=\"{Regex.Escape(action)}\"[^>]*>(.*?)</form>", RegexOptions.Singleline).Groups[1].Value;
        Assert.True(form.Length > 0, $"no form for {action} in: {page.Text}");
        var hidden = Hidden().Matches(form).Select(match => (match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)))
            .Where(field => fields.All(given => given.Name != field.Item1));
        return Post(action, [.. hidden, .. fields]);
    }

    /// <summary>Signs in with a password.</summary>
    public async Task<Page> SignIn(string name, string password, string back = "/audit") =>
        await Submit(await Open($"/sign-in?back={Uri.EscapeDataString(back)}"), "/sign-in", ("name", name), ("password", password));

    public void Dispose() => http.Dispose();

    private async Task<Page> Send(HttpRequestMessage request)
    {
        using var answer = await http.SendAsync(request);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.OriginalString ?? "", answer.Headers.ToString());
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}

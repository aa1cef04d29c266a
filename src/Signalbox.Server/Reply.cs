using System.Text;

namespace Signalbox.Server;

/// <summary>Answers to requests.</summary>
internal static class Reply
{
    /// <summary>Plain text.</summary>
    public static Task Text(HttpContext http, int status, string text) => Bytes(http, status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    /// <summary>JSON that is written already.</summary>
    public static Task Json(HttpContext http, int status, ReadOnlyMemory<byte> json) => Bytes(http, status, "application/json", json);

    /// <summary>A page.</summary>
    public static Task Html(HttpContext http, int status, string html) => Bytes(http, status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(html));

    /// <summary>Any body.</summary>
    public static async Task Bytes(HttpContext http, int status, string type, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}

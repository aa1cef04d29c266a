namespace Signalbox.Server.Admission;

/// <summary>What every answer tells a browser, so that a mistake of ours on a page stays one without consequences.</summary>
internal static class SafeHeaders
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Sets them; what an endpoint sets later, such as how long a style sheet is kept, counts instead.</summary>
    public static void Set(HttpResponse answer)
    {
        answer.Headers.ContentSecurityPolicy = Policy;
        answer.Headers.XContentTypeOptions = "nosniff";
        answer.Headers["Referrer-Policy"] = "same-origin";
        answer.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        answer.Headers.CacheControl = "no-store";
    }
}

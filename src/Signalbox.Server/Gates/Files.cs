using Signalbox.Server.Pages;

namespace Signalbox.Server.Gates;

/// <summary>Style, script and sign of the pages.</summary>
internal static class Files
{
    /// <summary>How everything looks.</summary>
    public static readonly Gate Style = Row(Assets.Style);

    /// <summary>What pages do by themselves.</summary>
    public static readonly Gate Script = Row(Assets.Script);

    /// <summary>The sign.</summary>
    public static readonly Gate Sign = Row(Assets.Sign);

    private static Gate Row(Asset asset) => new("GET", asset.Path, Door.Open, (http, _) =>
    {
        http.Response.Headers.CacheControl = http.Request.QueryString.HasValue ? "public, max-age=31536000, immutable" : "no-cache";
        return Reply.Bytes(http, 200, asset.Type, asset.Body);
    });
}

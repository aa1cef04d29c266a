namespace Signalbox;

/// <summary>An EventBridge event. The body becomes its detail, which may also be JSON in a text, or plain text.</summary>
/// <remarks>The notification rules of the developer tools publish the same event to SNS, but write <c>detailType</c>.</remarks>
internal static class EventBridge
{
    public static bool Unwrap(Json value, in Wrapping outer, List<Envelope> into)
    {
        var detailType = value["detail-type"u8].Exists || !value["detail"u8].IsObject ? value["detail-type"u8] : value["detailType"u8];
        if (!detailType.IsText || value["source"u8] is not { IsText: true } source) return false;

        var resources = value["resources"u8];
        var inside = outer.Inside("eventbridge") with
        {
            Id = value["id"u8].Words ?? outer.Id,
            Publisher = source.Text,
            DetailType = detailType.Text,
            At = Instants.Read(value["time"u8]) ?? outer.At,
            Account = value["account"u8].Words ?? outer.Account,
            Region = value["region"u8].Words ?? outer.Region,
            Resources = resources.Count == 0 ? [] : TextsOf(resources),
        };
        var detail = value["detail"u8];
        if (detail.Exists) Decode.Inner(detail, inside, into);
        else into.Add(inside.Seal(value, null));
        return true;
    }

    private static ValueList<string> TextsOf(Json array)
    {
        var texts = new string[array.Count];
        var count = 0;
        foreach (var item in array.Items)
        {
            if (item.Words is { } text) texts[count++] = text;
        }
        return [.. texts.AsSpan(0, count)];
    }
}

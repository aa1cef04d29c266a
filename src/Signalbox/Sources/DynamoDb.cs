namespace Signalbox;

/// <summary>Items changed in a table whose stream leads here.</summary>
/// <remarks>Severity: always info. Only the key of the item is shown, never its images: they are the table's data.</remarks>
public static class DynamoDb
{
    /// <summary>Its row.</summary>
    public static readonly Source Row = new("dynamodb", [new Key.Event("aws:dynamodb")], Read,
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html");

    private static Parsed Read(Envelope envelope)
    {
        var record = envelope.Body;
        var change = record["dynamodb"u8];
        if (record["eventName"u8].Words is not { } name) return Statement.Lacks(envelope, "eventName", "INSERT, MODIFY or REMOVE");
        var arn = record["eventSourceARN"u8].Words;
        var table = TableOf(arn);
        var phrase = name switch
        {
            "INSERT" => "was added to",
            "MODIFY" => "changed in",
            "REMOVE" => "was removed from",
            _ => $"({Phrase.Of(name)}) in",
        };
        var expired = name is "REMOVE" && record["userIdentity"u8]["principalId"u8].TextIs("dynamodb.amazonaws.com"u8);
        var title = $"An item {phrase} table {Phrase.Short(table ?? "of unknown name")}";
        return Statement.Told(Statement.Of(envelope, "dynamodb", "item", (Severity.Info, Status.Stated), title) with
        {
            Subject = table,
            Arn = arn,
            At = Instants.Read(change["ApproximateCreationDateTime"u8]) ?? envelope.At,
            Facts = Known.Facts(
            [
                .. KeysOf(change["Keys"u8]),
                ("Why", expired ? "it expired" : null),
                ("Size", change["SizeBytes"u8].Number is { } size ? Quantity.Size(size) : null),
            ]),
            Links = Known.Links(table is null ? null : ConsolePage.Link("Open the table", envelope.Region, "dynamodbv2/home", "table?name=", table)),
        });
    }

    /// <summary>Name in "table/NAME/stream/…".</summary>
    private static string? TableOf(string? arn)
    {
        var parts = Arn.Read(arn)?.Resource.Split('/') ?? [];
        return parts.Length > 1 ? parts[1] : null;
    }

    /// <summary>Members of the key: <c>{"Id":{"N":"101"}}</c>.</summary>
    private static List<(string, string?)> KeysOf(Json keys)
    {
        var known = new List<(string, string?)>();
        foreach (var (name, typed) in keys.Members)
        {
            foreach (var (_, value) in typed.Members)
            {
                if (value.Scalar is { } scalar) known.Add(($"Key {name.Text}", Cut.Line(scalar, 120)));
            }
        }
        return known;
    }
}

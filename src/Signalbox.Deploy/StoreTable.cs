namespace Signalbox.Deploy;

/// <summary>The table that a store is, as <c>dynamodb://TABLE?region=REGION</c> names it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Region">Its region; null for the function's.</param>
public sealed record StoreTable(string Name, string? Region)
{
    private const string Prefix = "dynamodb://";

    /// <summary>The table of a function: <c>SIGNALBOX_STORE</c> in its environment, else <c>store</c> in its settings or what those refer to.</summary>
    public static StoreTable? Of(Settings? settings, ValueList<Fact> environment)
    {
        if (settings is null) return null;
        var written = Variable("SIGNALBOX_STORE") ?? settings.Store;
        return Read(written is not null && written.StartsWith("env:", StringComparison.Ordinal) ? Variable(written["env:".Length..]) : written);

        string? Variable(string name) => environment.Where(fact => fact.Name == name).Select(fact => (string?)fact.Value).FirstOrDefault();
    }

    /// <summary>Reads the address of a store; null when it is none of DynamoDB.</summary>
    public static StoreTable? Read(string? address)
    {
        if (address is null || !address.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return null;
        var parts = address[Prefix.Length..].Split('?', 2);
        var region = parts.Length < 2
            ? null
            : parts[1].Split('&').FirstOrDefault(option => option.StartsWith("region=", StringComparison.Ordinal))?["region=".Length..];
        return parts[0].TrimEnd('/') is { Length: > 0 } name ? new(name, region is { Length: > 0 } ? region : null) : null;
    }
}

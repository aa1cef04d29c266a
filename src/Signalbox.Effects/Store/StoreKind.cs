namespace Signalbox.Effects;

/// <summary>A kind of store that settings can name.</summary>
/// <param name="Prefixes">How its name may begin, up to and with the colon.</param>
/// <param name="Form">How it is written, for people who wrote something else.</param>
/// <param name="Open">Opens it: gets the whole text, throws <see cref="StoreException"/> with what is wrong.</param>
public sealed record StoreKind(ValueList<string> Prefixes, string Form, Func<string, Task<Store>> Open)
{
    /// <summary>Opens a store of one of some kinds. Never throws for what cannot be opened: the answer says why.</summary>
    /// <param name="spec">What the settings say; null and empty are an error.</param>
    /// <param name="kinds">The kinds that the host has.</param>
    public static async Task<Opened> OpenOne(string? spec, ValueList<StoreKind> kinds)
    {
        var kind = kinds.FirstOrDefault(kind => kind.Prefixes.Any(prefix => spec?.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) is true));
        if (spec is null || kind is null)
            return new(null, $"This is no store: expected {string.Join(", or ", kinds.Select(each => each.Form))}{Found(spec)}.");
        try
        {
            return new(await kind.Open(spec), null);
        }
        catch (StoreException trouble)
        {
            return new(null, $"The store cannot be opened: {trouble.Message}");
        }
    }

    /// <summary>What was found instead, up to the colon: what comes after it may be secret.</summary>
    private static string Found(string? spec) => spec switch
    {
        null or "" => ", found nothing",
        _ when spec.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon => $", found {spec[..colon]}:",
        _ => ", found a text without a colon",
    };
}

/// <summary>What became of opening a store: the store, or why there is none.</summary>
/// <param name="Store">The store; null when it cannot be had.</param>
/// <param name="Why">The reason and what to do, without any password; null when there is a store.</param>
public sealed record Opened(Store? Store, string? Why);

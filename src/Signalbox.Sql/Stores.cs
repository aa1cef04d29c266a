using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Opens stores by what settings say: <c>memory:</c>, <c>sqlite:FILE</c>, <c>postgres://…</c>.</summary>
public static class Stores
{
    /// <summary>Every kind of store that lives in a process, a file or an SQL database.</summary>
    public static readonly ValueList<StoreKind> All =
    [
        new(["memory:"], "memory:", spec => spec.Length == "memory:".Length
            ? Task.FromResult(MemoryStore.Open())
            : throw new StoreException("nothing comes after memory:")),
        new(["sqlite:"], "sqlite:FILE", spec => spec.Length > "sqlite:".Length
            ? SqliteStore.Open(spec["sqlite:".Length..])
            : throw new StoreException("the name of a file comes after sqlite:")),
        new(["postgres:", "postgresql:"], "postgres://USER:PASSWORD@HOST:PORT/DATABASE", PostgresStore.Open),
    ];

    /// <summary>Opens a store of one of these kinds.</summary>
    /// <returns>An answer with a reason for whatever cannot be opened; it never throws for that.</returns>
    public static Task<Opened> Open(string? spec) => Open(spec, All);

    /// <summary>Opens a store of one of the kinds given.</summary>
    /// <param name="spec">What the settings say; null and empty are an error.</param>
    /// <param name="kinds">Rows such as those of <see cref="All"/>.</param>
    public static Task<Opened> Open(string? spec, ValueList<StoreKind> kinds) => StoreKind.OpenOne(spec, kinds);
}

using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>Who has a store's file open, by a lock on a file beside it. The system takes the lock back when a process ends, however it ends.</summary>
/// <remarks>The file of the store itself cannot carry it: closing any handle of it would take away the locks that SQLite holds there.</remarks>
internal static class SqlitePresence
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private static string Beside(string path) => path + "-open";

    /// <summary>Does something if nobody else has the store open, and keeps others from opening it meanwhile.</summary>
    public static void WhenAlone(string path, Action act)
    {
        using var alone = Take(path, FileAccess.ReadWrite, FileShare.None);
        if (alone is null) return;
        // Where locks do nothing (a setting of .NET turns them off), a second one is given as well.
        using var other = Take(path, FileAccess.Read, FileShare.Read);
        if (other is null) act();
    }

    /// <summary>Has the store open until the handle is closed.</summary>
    /// <exception cref="StoreException">The lock is not to be had.</exception>
    public static FileStream Join(string path)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            if (Take(path, FileAccess.Read, FileShare.Read) is { } joined) return joined;
            Thread.Sleep(Pause);
        }
        throw new StoreException($"{Beside(path)} cannot be locked: it is another user's, or another program keeps it.");
    }

    private static FileStream? Take(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new(Beside(path), FileMode.OpenOrCreate, access, share);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

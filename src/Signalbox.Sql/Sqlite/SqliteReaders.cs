using System.Collections.Concurrent;

namespace Signalbox.Sql;

/// <summary>Connections that read beside the writer. As many are opened as are in use at once, and kept.</summary>
internal sealed class SqliteReaders(Func<SqliteSession> open)
{
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private volatile bool isClosed;

    /// <summary>Reads from one state of the file, off the caller's thread.</summary>
    public Task<T> Read<T>(Func<SqliteSession, T> act, CancellationToken stop) => Task.Run(
        () =>
        {
            ObjectDisposedException.ThrowIf(isClosed, typeof(Effects.Store));
            if (!idle.TryTake(out var session)) session = open();
            try
            {
                session.Run("begin");
                var answer = act(session);
                session.Run("commit");
                idle.Add(session);
                return answer;
            }
            catch
            {
                session.Dispose();
                throw;
            }
            finally
            {
                if (isClosed) Close();
            }
        },
        stop);

    /// <summary>Closes what is not in use; what is in use closes when it is done.</summary>
    public void Close()
    {
        isClosed = true;
        while (idle.TryTake(out var session)) session.Dispose();
    }
}

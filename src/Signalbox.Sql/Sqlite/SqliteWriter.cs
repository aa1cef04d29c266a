using System.Diagnostics;
using System.Threading.Channels;
using Signalbox.Effects;

namespace Signalbox.Sql;

/// <summary>What an operation answers, whether what it wrote is to stay, and whether it may be news to those who wait.</summary>
internal readonly record struct Written<T>(T Answer, bool Stays = true, bool IsNews = false);

/// <summary>The one writer of a process: it puts the operations that come while the disk is busy into one transaction.</summary>
/// <remarks>What a disk can do is flushes per second, so the more callers there are, the more each flush serves. Every operation has a
/// savepoint of its own: when it fails, or takes its writes back, the others stay.</remarks>
internal sealed class SqliteWriter
{
    private const int MostTogether = 1_000;
    private static readonly TimeSpan LongestTogether = TimeSpan.FromMilliseconds(50);
    private readonly Channel<Operation> queue = Channel.CreateUnbounded<Operation>(new() { SingleReader = true });
    private readonly SqliteSession session;
    private readonly SqlitePulse pulse;
    private readonly Task work;

    public SqliteWriter(SqliteSession session, SqlitePulse pulse)
    {
        this.session = session;
        this.pulse = pulse;
        // A thread of its own, since it stands still while the disk writes.
        work = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Runs an operation; it has ended, and is durable, when the task has.</summary>
    public Task<T> Do<T>(Func<SqliteSession, Written<T>> act, CancellationToken stop)
    {
        if (stop.IsCancellationRequested) return Task.FromCanceled<T>(stop);
        var operation = new Operation<T>(act, stop);
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(operation), typeof(Store));
        return operation.Task;
    }

    /// <summary>Ends after everything that was asked before.</summary>
    public async Task Close()
    {
        queue.Writer.TryComplete();
        await work;
        session.Dispose();
    }

    private void Work()
    {
        var together = new List<Operation>();
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            together.Clear();
            try
            {
                Transact(together);
            }
            catch (Exception trouble)
            {
                // Nothing of it was written; each caller hears why.
                foreach (var operation in together) operation.Fail(trouble);
            }
        }
    }

    private void Transact(List<Operation> together)
    {
        try
        {
            var clock = Stopwatch.StartNew();
            var isNews = false;
            while (together.Count < MostTogether && clock.Elapsed < LongestTogether && queue.Reader.TryRead(out var operation))
            {
                if (operation.IsStopped) continue;
                together.Add(operation);
                if (together.Count == 1) session.Run("begin immediate");
                isNews |= operation.Run(session);
            }
            if (together.Count == 0) return;
            var news = isNews ? SqlitePulse.Beat(session) : 0;
            session.Run("commit");
            foreach (var operation in together) operation.End();
            if (isNews) pulse.Tell(news);
        }
        catch
        {
            session.Undo();
            throw;
        }
    }

    private abstract class Operation
    {
        /// <summary>True when its caller gave up before it began; the caller has been told.</summary>
        public abstract bool IsStopped { get; }

        /// <summary>Does its work inside the transaction. True when it is news.</summary>
        public abstract bool Run(SqliteSession session);

        /// <summary>Tells its caller how it went.</summary>
        public abstract void End();

        /// <summary>Tells its caller that nothing was written.</summary>
        public abstract void Fail(Exception trouble);
    }

    private sealed class Operation<T>(Func<SqliteSession, Written<T>> act, CancellationToken stop) : Operation
    {
        private readonly TaskCompletionSource<T> caller = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Written<T> written;
        private Exception? trouble;

        public Task<T> Task => caller.Task;

        public override bool IsStopped => stop.IsCancellationRequested && caller.TrySetCanceled(stop);

        public override bool Run(SqliteSession session)
        {
            session.Run("savepoint operation");
            try
            {
                written = act(session);
            }
            catch (Exception exception)
            {
                trouble = exception;
            }
            if (trouble is not null || !written.Stays) session.Run("rollback to operation");
            session.Run("release operation");
            return trouble is null && written.IsNews;
        }

        public override void End()
        {
            if (trouble is null) caller.TrySetResult(written.Answer);
            else caller.TrySetException(trouble);
        }

        public override void Fail(Exception exception) => caller.TrySetException(trouble ?? exception);
    }
}

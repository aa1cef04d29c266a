using Signalbox.Effects;

namespace Signalbox.Aws.Cloud;

/// <summary>One search for access keys at a time, whose end all wait for who asked meanwhile.</summary>
/// <remarks>
/// It has a thread of its own: files, an instance's metadata and single sign-on are asked by the SDK without letting go of the thread, and two such threads
/// are all that the pool of a small machine has. It goes on when whoever asked has no more time, so that the next to ask has keys. That there are none
/// is remembered for a while: without, every event would wait for it anew. Keys that were found the SDK has in hand and renews; asking for those again
/// needs no thread, and a store asks with every request.
/// </remarks>
/// <param name="find">Finds keys; throws <see cref="CloudException"/> where there are none.</param>
/// <param name="now">The time.</param>
internal sealed class KeySearch(Func<Task<AwsKeys>> find, Now now)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);
    private readonly Lock gate = new();
    private Task<AwsKeys>? search;
    private DateTimeOffset began;

    /// <summary>The keys as they are now.</summary>
    /// <exception cref="CloudException">There are none, with the reason.</exception>
    public Task<AwsKeys> Keys(CancellationToken stop)
    {
        lock (gate)
        {
            if (search is { IsCompleted: false } || (search is { IsFaulted: true } && now() - began < Remembered)) return search.WaitAsync(stop);
            began = now();
            search = search is { IsCompletedSuccessfully: true } ? Again()
                : Task.Factory.StartNew(find, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
            // Nobody may be there any more to hear that there are none.
            _ = search.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return search.WaitAsync(stop);
        }
    }

    private async Task<AwsKeys> Again() => await find();
}

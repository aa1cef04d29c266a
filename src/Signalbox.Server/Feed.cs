using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Signalbox.Server;

/// <summary>Tells whoever watches a page that something has changed: a word each, such as the name of a room.</summary>
/// <remarks>A watcher that does not keep up loses words and not the connection: a page that hears one word looks at everything it shows.</remarks>
internal sealed class Feed
{
    private const int Kept = 256;
    private readonly ConcurrentDictionary<Channel<string>, bool> watchers = [];

    /// <summary>How many watch.</summary>
    public int Watchers => watchers.Count;

    /// <summary>Says that something has changed.</summary>
    public void Say(string word)
    {
        foreach (var (watcher, _) in watchers) watcher.Writer.TryWrite(word);
    }

    /// <summary>Every word from now on, until it is stopped.</summary>
    public async IAsyncEnumerable<string> Words([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var mine = Channel.CreateBounded<string>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });
        watchers[mine] = true;
        try
        {
            await foreach (var word in mine.Reader.ReadAllAsync(stop)) yield return word;
        }
        finally
        {
            watchers.TryRemove(mine, out _);
        }
    }
}

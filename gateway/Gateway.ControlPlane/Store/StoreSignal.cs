using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Gateway.ControlPlane.Store;

/// <summary>Tells any number of readers that something moved; signals merge while a reader is busy.</summary>
internal sealed class StoreSignal
{
    private readonly Lock _lock = new();
    private readonly List<Channel<long>> _readers = [];
    private long _last;

    public void Raise(long value)
    {
        lock (_lock)
        {
            _last = value;
            foreach (var reader in _readers)
            {
                reader.Writer.TryWrite(value);
            }
        }
    }

    /// <summary>Yields the last value at once, then each new one.</summary>
    public async IAsyncEnumerable<long> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<long>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_lock)
        {
            _readers.Add(channel);
            channel.Writer.TryWrite(_last);
        }

        try
        {
            await foreach (var value in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return value;
            }
        }
        finally
        {
            lock (_lock)
            {
                _readers.Remove(channel);
            }
        }
    }
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Gateway.Tunnel.Sites;

namespace Gateway.Tunnel.Tests.Support;

internal sealed class FakeSiteDirectory : ISiteDirectory
{
    private readonly ConcurrentDictionary<string, Site> _sites = new();
    private readonly ConcurrentDictionary<string, bool> _revoked = new();
    private readonly ConcurrentDictionary<Channel<long>, bool> _watchers = new();

    public void Set(string name, bool enabled = true, params (string Name, string Value)[] labels)
    {
        _sites[name] = new Site(name, enabled, labels.ToDictionary(label => label.Name, label => label.Value));
        Signal();
    }

    public void Remove(string name)
    {
        _sites.TryRemove(name, out _);
        Signal();
    }

    public void Revoke(string serialNumber)
    {
        _revoked[serialNumber] = true;
        Signal();
    }

    public bool IsRevoked(string serialNumber) => _revoked.ContainsKey(serialNumber);

    public ValueTask<Site?> FindAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(_sites.GetValueOrDefault(name));

    public async IAsyncEnumerable<long> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<long>();
        _watchers[channel] = true;
        yield return 0;
        await foreach (var signal in channel.Reader.ReadAllAsync(cancellationToken))
        {
            yield return signal;
        }
    }

    private void Signal()
    {
        foreach (var watcher in _watchers.Keys)
        {
            watcher.Writer.TryWrite(1);
        }
    }
}

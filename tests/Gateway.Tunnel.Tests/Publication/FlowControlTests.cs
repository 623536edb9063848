using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;
using Change = Gateway.Tunnel.Tests.Support.Change;

namespace Gateway.Tunnel.Tests.Publication;

/// <summary>An instance that does not read costs the others nothing, and the control plane no more than one update.</summary>
public sealed class FlowControlTests : IAsyncLifetime
{
    private const int Changes = 40;

    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;

    public FlowControlTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Sites.Set("on-prem");
        _controlPlane.Sites.Set("cloud");
        // Random, so that it does not compress: far more than the windows of the stream and the connection.
        _controlPlane.Log.Write(Change.Many(8000, size: 1000));
    }

    public async ValueTask InitializeAsync()
    {
        await _controlPlane.StartAsync();
        await _controlPlane.Published(1);
    }

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_slow_reader_delays_nobody_and_what_it_missed_comes_as_one_update()
    {
        var mayRead = new TaskCompletionSource();
        await using var slow = RawInstance.Start(_controlPlane, _certificates.Site("on-prem"), applied: null, beforeReading: () => mayRead.Task);
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem") is { Connected: true });
        await using var swift = RawInstance.Start(_controlPlane, _certificates.Site("cloud"));
        await swift.Has(_controlPlane.Log.HeadContent);

        // While the slow one has not taken its first update, every change reaches the other by itself.
        for (var change = 0; change < Changes; change++)
        {
            _controlPlane.Log.Write(Change.Put(1, $"change {change}"), Change.Put(9000 + change));
            await swift.Has(_controlPlane.Log.HeadContent);
        }

        Assert.Equal(1 + Changes, swift.Updates.Count);
        Assert.Null(slow.Content);
        mayRead.SetResult();
        await slow.Has(_controlPlane.Log.HeadContent);

        // The one that was under way, and one for all that it missed.
        Assert.Equal([(true, 8000), (false, 1 + Changes)], slow.Updates.Select(update => (update.IsSnapshot, update.Changes.Count)));
    }

    [Fact]
    public async Task One_that_neither_reads_nor_says_anything_is_disconnected_with_an_update_under_way()
    {
        using var channel = RawInstance.Channel(_controlPlane, _certificates.Site("on-prem"));
        using var call = new Cluster.ClusterClient(channel.Channel).Connect(cancellationToken: TestContext.Current.CancellationToken);
        await call.RequestStream.WriteAsync(new InstanceMessage { Hello = RawInstance.Hello(applied: null) }, TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem") is { Connected: true });
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem") is { Connected: false });
    }
}

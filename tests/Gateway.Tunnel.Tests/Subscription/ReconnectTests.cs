using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Subscription;

public sealed class ReconnectTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;

    public ReconnectTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Sites.Set("on-prem");
        _controlPlane.Log.Write(Change.Many(500));
    }

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task After_the_control_plane_was_away_a_delta_from_the_acknowledged_revision_comes()
    {
        await using var dataPlane = await StartAsync();
        await dataPlane.Applied(1);
        await _controlPlane.StopAsync();
        await Eventually.TrueAsync(() => !dataPlane.Status.Connected);
        _controlPlane.Log.Write(Change.Put(1, "a"));
        _controlPlane.Log.Write(Change.Put(1, "b"), Change.Delete(2));
        _controlPlane.Log.Write(Change.Put(1, "c"));
        Assert.Equal(1, dataPlane.Status.Revision);

        await _controlPlane.StartAsync();
        await dataPlane.Applied(4);
        var last = dataPlane.Target.Updates.Last();
        Assert.False(last.IsSnapshot);
        Assert.Equal(2, last.Changes.Count);
        Assert.Equal(2, dataPlane.Target.Updates.Count);
        Assert.Equal(_controlPlane.Log.HeadHash, dataPlane.Target.Content.Hash);
    }

    [Fact]
    public async Task Nothing_is_sent_where_nothing_changed_meanwhile()
    {
        await using var dataPlane = await StartAsync();
        await dataPlane.Applied(1);
        await _controlPlane.StopAsync();
        await Eventually.TrueAsync(() => !dataPlane.Status.Connected);
        await _controlPlane.StartAsync();
        await dataPlane.Connected();
        _controlPlane.Log.Write(Change.Put(1, "a"));
        await dataPlane.Applied(2);
        Assert.Equal([1L, 2], dataPlane.Target.Updates.Select(update => update.Revision));
    }

    [Fact]
    public async Task An_instance_that_is_too_far_behind_gets_a_snapshot()
    {
        _controlPlane.Options = _controlPlane.Options with { HistoryLength = 2 };
        await using var dataPlane = await StartAsync();
        await dataPlane.Applied(1);
        await _controlPlane.StopAsync();
        for (var i = 0; i < 5; i++)
        {
            _controlPlane.Log.Write(Change.Put(i));
        }

        await _controlPlane.StartAsync();
        await dataPlane.Applied(6);
        Assert.True(dataPlane.Target.Updates.Last().IsSnapshot);
    }

    [Fact]
    public async Task A_control_plane_that_is_behind_does_not_take_an_instance_back()
    {
        // A replica that has not heard of revision 2, and cannot ask.
        await using var stale = new TestControlPlane(_certificates);
        stale.Log.Write(Change.Many(500));
        await stale.StartAsync();
        await stale.Published(1);
        stale.Log.IsAway = true;

        _controlPlane.Log.Write(Change.Put(1, "a"));
        await using var dataPlane = await TestDataPlane.StartAsync(
            TestDataPlane.Options(_certificates.Site("on-prem"), _controlPlane.Address, stale.Address));
        await dataPlane.Applied(2);
        await _controlPlane.StopAsync();
        stale.Sites.Set("on-prem");
        await Eventually.TrueAsync(() => stale.Instances.Of("on-prem") is { Connected: true, Revision: 2 });

        stale.Log.Write(Change.Put(1, "a"));
        stale.Log.Write(Change.Put(1, "b"));
        stale.Log.IsAway = false;
        await dataPlane.Applied(3);
        var revisions = dataPlane.Target.Updates.Select(update => update.Revision).ToArray();
        Assert.Equal(revisions.Order(), revisions);
        Assert.False(dataPlane.Target.Updates.Last().IsSnapshot);
    }

    [Fact]
    public async Task The_next_address_is_tried_where_one_does_not_answer()
    {
        await using var other = new TestControlPlane(_certificates) { Log = _controlPlane.Log, Sites = _controlPlane.Sites };
        await other.StartAsync();
        await using var dataPlane = await TestDataPlane.StartAsync(
            TestDataPlane.Options(_certificates.Site("on-prem"), _controlPlane.Address, other.Address));
        await dataPlane.Connected();
        var first = dataPlane.Status.ControlPlane;
        await (first == $"127.0.0.1:{other.Address.Port}" ? other : _controlPlane).StopAsync();
        await Eventually.TrueAsync(() => dataPlane.Status is { Connected: true } status && status.ControlPlane != first);
    }

    private Task<TestDataPlane> StartAsync() =>
        TestDataPlane.StartAsync(TestDataPlane.Options(_certificates.Site("on-prem"), _controlPlane.Address));
}

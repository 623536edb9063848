using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Publication;

public sealed class SiteTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;

    public SiteTests() => _controlPlane = new TestControlPlane(_certificates);

    public async ValueTask InitializeAsync()
    {
        _controlPlane.Log.Write(Change.Put(1));
        await _controlPlane.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task An_unknown_site_is_refused_until_it_is_registered()
    {
        await using var dataPlane = await StartAsync();
        await Eventually.TrueAsync(() => dataPlane.Status.LastError?.Contains("PermissionDenied", StringComparison.Ordinal) == true);
        Assert.Null(dataPlane.Status.Revision);
        _controlPlane.Sites.Set("on-prem");
        await dataPlane.Applied(1);
    }

    [Fact]
    public async Task A_disabled_site_is_refused()
    {
        _controlPlane.Sites.Set("on-prem", enabled: false);
        await using var dataPlane = await StartAsync();
        await Eventually.TrueAsync(() => dataPlane.Status.LastError?.Contains("PermissionDenied", StringComparison.Ordinal) == true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_live_stream_ends_when_its_site_is_disabled_or_removed(bool removed)
    {
        _controlPlane.Sites.Set("on-prem");
        await using var dataPlane = await StartAsync();
        await dataPlane.Applied(1);
        if (removed)
        {
            _controlPlane.Sites.Remove("on-prem");
        }
        else
        {
            _controlPlane.Sites.Set("on-prem", enabled: false);
        }

        await Eventually.TrueAsync(() => !dataPlane.Status.Connected && dataPlane.Status.LastError is not null);
        _controlPlane.Log.Write(Change.Put(2));
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem") is { Connected: false });
        Assert.Equal(1, dataPlane.Status.Revision);
        _controlPlane.Sites.Set("on-prem");
        await dataPlane.Applied(2);
    }

    [Fact]
    public async Task A_live_stream_ends_also_where_the_instance_is_busy_applying()
    {
        _controlPlane.Sites.Set("on-prem");
        await using var dataPlane = await StartAsync();
        await dataPlane.Applied(1);
        await dataPlane.Target.Gate.WaitAsync(TestContext.Current.CancellationToken);
        _controlPlane.Log.Write(Change.Put(2));
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem") is { SyncStatus: Sites.SyncStatus.Behind });
        _controlPlane.Sites.Remove("on-prem");
        await Eventually.TrueAsync(() => _controlPlane.Instances.Of("on-prem") is { Connected: false });
        dataPlane.Target.Gate.Release();
    }

    private Task<TestDataPlane> StartAsync() =>
        TestDataPlane.StartAsync(TestDataPlane.Options(_certificates.Site("on-prem"), _controlPlane.Address));
}

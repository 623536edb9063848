using Gateway.Tunnel.Cache;
using Gateway.Tunnel.Subscription;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Cache;

/// <summary>Data planes that restart, with and without a control plane.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();
    private readonly TemporaryFolder _folder = new();
    private readonly TestControlPlane _controlPlane;

    public RestartTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Sites.Set("on-prem");
        _controlPlane.Log.Write(Change.Many(2000));
        CacheKeyRing.Create(_folder.PathOf("keys.json"), "k1");
    }

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _folder.Dispose();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_start_without_any_control_plane_serves_what_was_applied_last_and_catches_up_by_a_delta()
    {
        await using (var first = await StartAsync())
        {
            await first.Applied(1);
            _controlPlane.Log.Write(Change.Put(1, "changed"), Change.Delete(2));
            await first.Applied(2);
        }

        await _controlPlane.StopAsync();
        await using var second = await StartAsync();
        await second.Applied(2);
        Assert.Equal(ConfigurationOrigin.Cache, second.Status.Origin);
        Assert.True(second.Target.Updates.Single().IsSnapshot);
        Assert.Equal(_controlPlane.Log.HeadHash, second.Target.Content.Hash);

        _controlPlane.Log.Write(Change.Put(3, "changed"));
        await _controlPlane.StartAsync();
        await second.Applied(3);
        Assert.Equal(ConfigurationOrigin.ControlPlane, second.Status.Origin);
        Assert.Single(second.Target.Updates.Last().Changes);
    }

    [Fact]
    public async Task A_renewed_certificate_of_a_new_authority_and_a_rotated_key_file_open_the_same_cache()
    {
        await using (var first = await StartAsync())
        {
            await first.Applied(1);

            // Rotated while it runs: the next generation is written with the new key.
            CacheKeyRing.Load(_folder.PathOf("keys.json")).Rotate(_folder.PathOf("keys.json"), "k2");
            _controlPlane.Log.Write(Change.Put(1, "changed"));
            await first.Applied(2);
        }

        await _controlPlane.StopAsync();
        using var next = TestCertificates.NewAuthority();
        var options = Options();
        _certificates.Site("on-prem", next);
        await File.WriteAllTextAsync(_certificates.ControlPlane.Authorities, next.CertificatePem, TestContext.Current.CancellationToken);
        await using var second = await TestDataPlane.StartAsync(options);
        await second.Applied(2);
        Assert.Equal(_controlPlane.Log.HeadHash, second.Target.Content.Hash);
    }

    [Fact]
    public async Task A_cache_that_the_target_refuses_is_left_for_the_control_planes_configuration()
    {
        await using (var first = await StartAsync())
        {
            await first.Applied(1);
        }

        var picky = new FakeTarget();
        picky.Refuse = update => picky.Updates.IsEmpty && update.Changes.Count == 2000 ? new Model.ModelError("routes", "not any more") : null;
        await using var second = await TestDataPlane.StartAsync(Options(), picky);
        await second.Connected();
        Assert.Null(second.Status.Revision);
        _controlPlane.Log.Write(Change.Delete(1));
        await second.Applied(2);
    }

    [Fact]
    public async Task A_key_file_that_is_missing_stops_the_start_and_is_named()
    {
        var options = Options() with { CacheKeyFile = _folder.PathOf("nowhere.json") };
        var error = await Assert.ThrowsAsync<CacheException>(() => TestDataPlane.StartAsync(options));
        Assert.Contains("nowhere.json", error.Message, StringComparison.Ordinal);
    }

    private TunnelClientOptions Options() => TestDataPlane.Options(_certificates.Site("on-prem"), _controlPlane.Address) with
    {
        CacheFolder = _folder.PathOf("cache"),
        CacheKeyFile = _folder.PathOf("keys.json"),
    };

    private Task<TestDataPlane> StartAsync() => TestDataPlane.StartAsync(Options());
}

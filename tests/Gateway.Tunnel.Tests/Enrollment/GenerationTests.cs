using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Enrollment;

/// <summary>The authority and every leaf are replaced while changes go on, by add, switch and drop at the control plane alone.</summary>
public sealed class GenerationTests : IAsyncLifetime
{
    private const int DataPlanes = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;
    private readonly List<TestDataPlane> _dataPlanes = [];
    private int _revision;

    public GenerationTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Options = _controlPlane.Options with { AuthorityKey = _certificates.AuthorityKeyPath };
        Write();
    }

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_dataPlanes.Select(dataPlane => dataPlane.DisposeAsync().AsTask()));
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task Two_rotations_of_authority_and_leaves_lose_no_change_of_fifty_data_planes()
    {
        for (var i = 0; i < DataPlanes; i++)
        {
            _controlPlane.Sites.Set($"site-{i}");
            var paths = _certificates.Site($"site-{i}", TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddHours(12));
            _dataPlanes.Add(await TestDataPlane.StartAsync(TestDataPlane.Options(paths, _controlPlane.Address)));
        }

        await All(dataPlane => dataPlane.Status.Revision == 1);
        using var stop = new CancellationTokenSource();
        var load = WriteUntilAsync(stop.Token);
        using var first = await RotateAsync(_certificates.Authority);
        using var second = await RotateAsync(first);
        await stop.CancelAsync();
        await load;

        var last = _revision;
        await All(dataPlane => dataPlane.Status.Revision == last);
        Assert.All(_dataPlanes, dataPlane =>
        {
            // Each stream went on where the one before had ended: no snapshot was needed after the first.
            Assert.True(dataPlane.Target.Updates.Skip(1).All(update => !update.IsSnapshot));
            Assert.Equal([second.Fingerprint], dataPlane.Certificates.Current.Authorities.Select(AuthorityFingerprint.Of));
        });

        // A planned reconnect for each generation that was dropped, and nothing else.
        var ends = _controlPlane.Instances.Reports.Where(report => !report.Connected).CountBy(report => report.Site).ToDictionary();
        Assert.All(ends, end => Assert.InRange(end.Value, 0, 2));
        Assert.Equal(2 * DataPlanes, _controlPlane.Ledger.Signed.Count);
    }

    private async Task<CertificateAuthority> RotateAsync(CertificateAuthority present)
    {
        var next = TestCertificates.NewAuthority();

        // Add: told to all over their streams.
        CertificateAuthority.WriteBundle(_certificates.ControlPlane.Authorities, present.CertificatePem + next.CertificatePem);
        await All(dataPlane => dataPlane.Certificates.Current.Authorities.Count == 2);

        // Switch: all renew soon.
        next.WriteKey(_certificates.AuthorityKeyPath);
        _certificates.WriteControlPlane(next);
        await All(dataPlane => next.Signed(dataPlane.Certificates.Current.Leaf));

        // Drop: streams that began with the earlier certificates are made anew.
        CertificateAuthority.WriteBundle(_certificates.ControlPlane.Authorities, next.CertificatePem);
        await All(dataPlane => dataPlane.Certificates.Current.Authorities.Count == 1 && dataPlane.Status.Connected);
        return next;
    }

    private void Write() => _controlPlane.Log.Write(Change.Put(++_revision));

    private async Task WriteUntilAsync(CancellationToken stopped)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await timer.WaitForNextTickAsync(stopped))
            {
                Write();
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    private Task All(Func<TestDataPlane, bool> condition) => Eventually.TrueAsync(() => _dataPlanes.All(condition), Limit);
}

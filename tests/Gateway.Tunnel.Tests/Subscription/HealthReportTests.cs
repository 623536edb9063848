using Gateway.Tunnel.Health;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Tests.Support;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Subscription;

public sealed class HealthReportTests : IAsyncLifetime
{
    private readonly TestCertificates _certificates = new();
    private readonly TestControlPlane _controlPlane;
    private readonly Reporter _reporter = new();

    public HealthReportTests()
    {
        _controlPlane = new TestControlPlane(_certificates);
        _controlPlane.Sites.Set("on-prem");
        _controlPlane.Log.Write(Support.Change.Put(1, "a"));
    }

    public async ValueTask InitializeAsync() => await _controlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _controlPlane.DisposeAsync();
        _certificates.Dispose();
    }

    [Fact]
    public async Task A_report_comes_once_and_again_where_it_changes()
    {
        var first = Report(healthy: true);
        _reporter.Report = first;
        await using var dataPlane = await TestDataPlane.StartAsync(
            TestDataPlane.Options(_certificates.Site("on-prem"), _controlPlane.Address), health: _reporter);
        await Eventually.TrueAsync(() => _controlPlane.Instances.Health.Count == 1);
        var asked = _reporter.Asked;
        await Eventually.TrueAsync(() => _reporter.Asked > asked + 1);

        var second = Report(healthy: false);
        _reporter.Report = second;
        await Eventually.TrueAsync(() => _controlPlane.Instances.Health.Count == 2);

        var reports = _controlPlane.Instances.Health.ToArray();
        Assert.All(reports, report => Assert.Equal(dataPlane.Instance.Id, report.Instance));
        Assert.Equivalent(first, reports[0].Report, strict: true);
        Assert.Equivalent(second, reports[1].Report, strict: true);
    }

    [Fact]
    public void What_an_instance_would_not_say_is_not_read()
    {
        var id = ChangeSetCodec.ToBytes(Guid.NewGuid());
        var addresses = new OneTargetHealth { Target = "a:1" };
        addresses.Addresses.AddRange(Enumerable.Repeat(new AddressHealth { Ip = "10.0.0.1", Port = 1 }, HealthReport.MostAddresses + 1));

        Assert.Null(HealthReportCodec.Decode(new TargetHealth { Upstreams = { new UpstreamHealth() } }));
        Assert.Null(HealthReportCodec.Decode(new TargetHealth { Upstreams = { new UpstreamHealth { Id = id }, new UpstreamHealth { Id = id } } }));
        Assert.Null(HealthReportCodec.Decode(new TargetHealth { Upstreams = { new UpstreamHealth { Id = id, Targets = { new OneTargetHealth { Target = new string('a', 300) } } } } }));
        Assert.Null(HealthReportCodec.Decode(new TargetHealth { Upstreams = { new UpstreamHealth { Id = id, Targets = { addresses } } } }));
        Assert.NotNull(HealthReportCodec.Decode(new TargetHealth()));
    }

    [Fact]
    public void The_largest_report_fits_into_a_message()
    {
        var address = new AddressReport(new string('f', 39), 65535, 65535, true);
        var report = new HealthReport([.. Enumerable.Range(0, HealthReport.MostAddresses).Select(_ => new UpstreamReport(Guid.NewGuid(), true, true, [new TargetReport(new string('a', 259), [address])]))]);

        Assert.InRange(HealthReportCodec.Encode(report).CalculateSize(), 1, 256 * 1024);
    }

    private static HealthReport Report(bool healthy) => new(
    [
        new UpstreamReport(Guid.Parse("11111111-1111-4111-8111-111111111111"), true, healthy, [new TargetReport("api.internal:80", [new AddressReport("10.0.0.1", 80, 100, healthy)])]),
        new UpstreamReport(Guid.Parse("22222222-1111-4111-8111-111111111111"), false, true, [new TargetReport("gone.internal:80", [])]),
    ]);

    private sealed class Reporter : IHealthReporter
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public HealthReport Report { get; set; } = HealthReport.Empty;

        public HealthReport Read()
        {
            Interlocked.Increment(ref _asked);
            return Report;
        }
    }
}

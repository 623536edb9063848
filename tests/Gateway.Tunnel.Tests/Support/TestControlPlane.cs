using System.Net;
using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Publication;
using Gateway.Tunnel.Publication.Source;
using Gateway.Tunnel.Sites;
using Gateway.Tunnel.Telemetry;
using Hybrid.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Tests.Support;

/// <summary>A control plane's tunnels on real Kestrel with real TLS, over stores in memory that outlive it.</summary>
internal sealed class TestControlPlane(TestCertificates certificates) : IAsyncDisposable
{
    private WebApplication? _app;
    private int _port;
    private int _telemetryPort;
    private int _enrollmentPort;

    public FakeRevisionLog Log { get; init; } = new();

    public FakeSiteDirectory Sites { get; init; } = new();

    public FakeInstanceDirectory Instances { get; init; } = new();

    public FakeTelemetryStore Telemetry { get; init; } = new();

    public FakeCertificateLedger Ledger { get; init; } = new();

    public Action<IServiceCollection> Configure { get; init; } = _ => { };

    public TunnelServerOptions Options { get; set; } = new()
    {
        Certificates = certificates.ControlPlane,
        GatewayVersion = "0.1.0",
        HeartbeatInterval = TimeSpan.FromSeconds(1),
        CertificatePollInterval = TimeSpan.FromMilliseconds(100),
    };

    public DnsEndPoint Address => new("127.0.0.1", _port);

    public DnsEndPoint TelemetryAddress => new("127.0.0.1", _telemetryPort);

    public DnsEndPoint EnrollmentAddress => new("127.0.0.1", _enrollmentPort);

    public CertificateFiles Certificates => Services.GetRequiredService<CertificateFiles>();

    public IServiceProvider Services => _app!.Services;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IRevisionLog>(Log);
        builder.Services.AddSingleton<ISiteDirectory>(Sites);
        builder.Services.AddSingleton<IInstanceDirectory>(Instances);
        builder.Services.AddSingleton<ITelemetryStore>(Telemetry);
        builder.Services.AddSingleton<ICertificateLedger>(Ledger);
        Configure(builder.Services);
        builder.Services.AddTunnelServer(Options);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenTunnel(new IPEndPoint(IPAddress.Loopback, _port), TunnelKind.Configuration);
            kestrel.ListenTunnel(new IPEndPoint(IPAddress.Loopback, _telemetryPort), TunnelKind.Telemetry);
            kestrel.ListenTunnel(new IPEndPoint(IPAddress.Loopback, _enrollmentPort), TunnelKind.Enrollment);
        });
        _app = builder.Build();
        _app.MapTunnel();
        _app.MapTelemetry();
        _app.MapEnrollment();
        _app.MapGet("/other", () => "another service of the process");
        await _app.StartAsync(TestContext.Current.CancellationToken);

        // The same ports after a restart.
        var ports = _app.Urls.Select(url => new Uri(url).Port).ToArray();
        (_port, _telemetryPort, _enrollmentPort) = (ports[0], ports[1], ports[2]);
    }

    /// <summary>Waits until the stable channel's revision is in memory.</summary>
    public Task Published(long revision)
    {
        var follower = Services.GetRequiredService<ReleaseFollower>();
        return Eventually.TrueAsync(
            () => follower.State?.Channels.Single(c => c.Release.Channel == Release.StableChannel).Release.Revision == revision,
            text: $"revision {revision} is published");
    }

    /// <summary>How many were refused for the reason since the start.</summary>
    public long Refusals(string reason) => Services.GetRequiredService<TunnelMetrics>().Refusals.GetValueOrDefault(reason);

    /// <summary>Waits until one was.</summary>
    public Task Counted(string reason) => Eventually.TrueAsync(() => Refusals(reason) > 0, text: $"a refusal for {reason} is counted");

    public Task StopGracefullyAsync() => _app!.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>As good as killed: connections are cut without a farewell.</summary>
    public async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
            _app = null;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}

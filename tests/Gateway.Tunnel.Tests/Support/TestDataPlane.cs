using System.Net;
using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Health;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Subscription;
using Gateway.Tunnel.Telemetry;
using Hybrid.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Tests.Support;

/// <summary>A data plane's tunnels in a host of their own.</summary>
internal sealed class TestDataPlane : IAsyncDisposable
{
    private readonly IHost _host;

    private TestDataPlane(IHost host, FakeTarget target) => (_host, Target) = (host, target);

    public FakeTarget Target { get; }

    public SubscriptionStatus Status => _host.Services.GetRequiredService<SubscriptionState>().Current;

    public CertificateFiles Certificates => _host.Services.GetRequiredService<CertificateFiles>();

    public RenewalStatus Renewal => _host.Services.GetRequiredService<RenewalState>().Current;

    public ProcessInstance Instance => _host.Services.GetRequiredService<ProcessInstance>();

    public static TunnelClientOptions Options(CertificatePaths certificates, params DnsEndPoint[] controlPlanes) => new()
    {
        Certificates = certificates,
        ControlPlanes = controlPlanes,
        GatewayVersion = "0.1.0",
        Plugins = new Dictionary<string, string> { ["key-auth"] = "1.0.0" },
        InitialBackOff = TimeSpan.FromMilliseconds(20),
        MaximumBackOff = TimeSpan.FromMilliseconds(200),
        TelemetryInterval = TimeSpan.FromMilliseconds(100),
        CertificatePollInterval = TimeSpan.FromMilliseconds(100),
        RotationSpread = TimeSpan.FromMilliseconds(100),
    };

    public static async Task<TestDataPlane> StartAsync(TunnelClientOptions options, FakeTarget? target = null, IMetricSource? metrics = null, IHealthReporter? health = null)
    {
        target ??= new FakeTarget();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.Services.AddSingleton<IConfigurationTarget>(target);
        builder.Services.AddSingleton(metrics ?? new FakeMetricSource());
        if (health is not null)
        {
            builder.Services.AddSingleton(health);
        }

        builder.Services.AddTunnelClient(options);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new TestDataPlane(host, target);
    }

    public Task Applied(long revision) => Reaches(status => status.Revision == revision, $"revision {revision}");

    public Task Connected() => Reaches(status => status.Connected, "connected");

    private async Task Reaches(Func<SubscriptionStatus, bool> condition, string text)
    {
        try
        {
            await Eventually.TrueAsync(() => condition(Status), text: text);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"not {text}: {Status}");
        }
    }

    /// <summary>A graceful stop.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

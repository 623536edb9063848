using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Publication;
using Gateway.Tunnel.Publication.Compatibility;
using Gateway.Tunnel.Publication.Source;
using Gateway.Tunnel.Publication.Streams;
using Gateway.Tunnel.Publication.Views;
using Gateway.Tunnel.Sites;
using Gateway.Tunnel.Telemetry.Ingest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Hosting;

public static class TunnelServerExtensions
{
    /// <summary>Bytes: instances say little.</summary>
    private const int MaximumInstanceMessage = 256 * 1024;

    /// <summary>Bytes: it comes from anybody.</summary>
    private const int MaximumEnrollmentMessage = 16 * 1024;

    /// <summary>
    /// A control plane's end of the tunnels. The caller registers <see cref="Publication.IRevisionLog"/>, <see cref="Sites.ISiteDirectory"/>,
    /// <see cref="Sites.IInstanceDirectory"/>, <see cref="ICertificateLedger"/> and <see cref="Telemetry.ITelemetryStore"/>; <see cref="ICompatibility"/>
    /// where it differs from the default.
    /// </summary>
    public static IServiceCollection AddTunnelServer(this IServiceCollection services, TunnelServerOptions options)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<TunnelMetrics>();
        services.AddSingleton<ConnectionErrors>();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<HandshakeGates>();
        services.AddSingleton<TunnelConnections>();
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton(provider => new TunnelMetricsText(
            provider.GetRequiredService<TunnelMetrics>(), provider.GetRequiredService<IngestMetrics>(), provider.GetRequiredService<CertificateFiles>()));
        services.AddSingleton<SiteAdmission>();
        services.AddSingleton<CertificateIssuer>();
        services.AddSingleton<IssuanceLimits>();
        services.AddSingleton<CertificateIssuance>();
        services.AddSingleton(provider => new CertificateFiles(
            options.Certificates,
            PeerRole.ControlPlane,
            options.TrustDomain,
            options.CertificatePollInterval,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CertificateFiles>>()));
        services.TryAddSingleton(Introductions.Known);
        services.TryAddSingleton<ICompatibility, VersionCompatibility>();
        services.AddSingleton<ReleaseFollower>();
        services.AddSingleton(provider => new PublishedConfiguration(provider.GetRequiredService<ReleaseFollower>()));
        services.AddHostedService(provider => provider.GetRequiredService<ReleaseFollower>());
        services.AddSingleton<ViewCatalogue>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<SessionServices>();
        services.AddSingleton<SiteWatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<SiteWatcher>());
        services.AddSingleton<IStartupFilter, TunnelIsolation>();
        services.AddGrpc().AddServiceOptions<MetricsIngest>(grpc => grpc.MaxReceiveMessageSize = options.MaximumExportSize)
            .AddServiceOptions<ClusterService>(grpc => grpc.MaxReceiveMessageSize = MaximumInstanceMessage)
            .AddServiceOptions<EnrollmentService>(grpc => grpc.MaxReceiveMessageSize = MaximumEnrollmentMessage);
        return services;
    }

    /// <summary>The telemetry tunnel's service, reachable through <see cref="TunnelKind.Telemetry"/> listeners only.</summary>
    public static void MapTelemetry(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<MetricsIngest>();

    /// <summary>The configuration tunnel's service, reachable through <see cref="TunnelKind.Configuration"/> listeners only.</summary>
    public static void MapTunnel(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<ClusterService>();

    /// <summary>The service of enrolment, reachable through <see cref="TunnelKind.Enrollment"/> listeners only.</summary>
    public static void MapEnrollment(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<EnrollmentService>();
}

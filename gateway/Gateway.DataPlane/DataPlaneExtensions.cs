using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Configuration;
using Gateway.DataPlane.Dns;
using Gateway.DataPlane.Forwarding;
using Gateway.DataPlane.Forwarding.Http1;
using Gateway.DataPlane.Health;
using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Logging;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.References;
using Gateway.DataPlane.Sockets;
using Gateway.DataPlane.Telemetry;
using Gateway.DataPlane.Telemetry.Exposition;
using Gateway.Tunnel.Health;
using Gateway.Tunnel.Subscription;
using Gateway.Tunnel.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane;

/// <summary>Puts a data plane into a host.</summary>
public static class DataPlaneExtensions
{
    /// <summary>
    /// Adds the request path with its listeners. What runs is applied through <see cref="IConfigurationTarget"/>, what was counted is read from
    /// <see cref="IMetricSource"/>; both are then registered. Plugins are the registered <see cref="PluginFactory"/> services.
    /// </summary>
    public static IServiceCollection AddDataPlane(this IServiceCollection services, Action<DataPlaneOptions> configure)
    {
        services.Configure(configure);
        services.AddSingleton<IValidateOptions<DataPlaneOptions>, DataPlaneOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpForwarder();

        services.AddSingleton<PluginStateStore>();
        services.AddSingleton<DroppedRecords>();
        services.AddSingleton(static provider => new PluginLogging(
            provider.GetRequiredService<DroppedRecords>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PluginLogging>>()));
        services.AddHostedService<LogFlusher>();
        services.AddSingleton<PluginHost>();
        services.AddSingleton<PluginInventory>();
        services.AddSingleton<RemoteReferences>();
        services.AddSingleton(static provider => new ReferenceReader(
            provider.GetRequiredService<IOptions<DataPlaneOptions>>().Value.ReferenceFolder, provider.GetRequiredService<RemoteReferences>()));
        services.AddSingleton<ReferenceResolver>();
        services.AddSingleton<IStatusSection, ReferenceStatusSection>();
        services.AddHostedService<ReferenceRefresher>();
        services.AddSingleton<PluginCompiler>();
        services.AddSingleton<ConfigurationStore>();
        services.AddSingleton<IConfigurationTarget>(static provider => provider.GetRequiredService<ConfigurationStore>());

        services.AddSingleton<StallMetrics>();
        services.AddSingleton<RequestMetrics>();
        services.AddSingleton<IMetricSource>(static provider => provider.GetRequiredService<RequestMetrics>());

        services.AddSingleton(static provider => NameLookups.Create(
            provider.GetRequiredService<IOptions<DataPlaneOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<HostResolver>();
        services.AddSingleton<TargetResolver>();
        services.AddSingleton<SlowStart>();
        services.AddSingleton<BalancingEvents>();
        services.AddSingleton<UpstreamBalancer>();
        services.AddSingleton(static provider => new EventLoops(
            provider.GetRequiredService<IOptions<DataPlaneOptions>>().Value.UseEventLoops ? Environment.ProcessorCount : 0));
        services.AddSingleton<IConnectionListenerFactory, EpollTransport>();
        services.AddSingleton<ISocketOpener>(static provider => provider.GetRequiredService<EventLoops>() is { IsEnabled: true } loops
            ? new EpollSocketOpener(loops)
            : new GeneralSocketOpener());
        services.AddSingleton<UpstreamConnector>();
        services.AddSingleton<UpstreamConnections>();
        services.AddSingleton<YarpTransport>();
        services.AddSingleton<ConnectionPools>();
        services.AddSingleton<Http1Transport>();
        services.AddSingleton<IUpstreamTransport>(static provider => provider.GetRequiredService<IOptions<DataPlaneOptions>>().Value.DirectUpstreams
            ? provider.GetRequiredService<Http1Transport>()
            : provider.GetRequiredService<YarpTransport>());
        services.AddSingleton<UpstreamForwarder>();
        services.AddSingleton<IServiceClient, ServiceClient>();
        services.AddSingleton<ClientIdentity>();

        services.AddSingleton<PhaseRunner>();
        services.AddSingleton<ResponseWriter>();
        services.AddSingleton<RequestContextPool>();
        services.AddSingleton<ProxyPipeline>();

        services.AddSingleton<ServingState>();
        services.AddSingleton<ServerCertificates>();
        services.AddSingleton<IMetricsPage, NodeMetrics>();
        services.AddSingleton<StatusEndpoint>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelSetup>();
        services.AddSingleton<IHealthReporter, HealthReporter>();
        services.AddHostedService<HealthChecks>();
        services.AddHostedService<StateSweeper>();
        services.AddHostedService<GracefulShutdown>();

        // A hop to the thread pool per read is what a proxy pays most for; plugins that wait are offloaded by their contract.
        // Nor is a read ahead of each read worth the 4 KiB that it saves for an idle connection.
        services.Configure<SocketTransportOptions>(static transport =>
        {
            transport.UnsafePreferInlineScheduling = true;
            transport.WaitForDataBeforeAllocatingBuffer = false;
        });
        services.AddOptions<HostOptions>().Configure<IOptions<DataPlaneOptions>>(static (host, dataPlane) =>
            host.ShutdownTimeout = dataPlane.Value.ShutdownDelay + dataPlane.Value.DrainTimeout);
        return services;
    }

    /// <summary>Answers on the listeners of the data plane. Requests that came in elsewhere go on to the next middleware.</summary>
    public static IApplicationBuilder UseDataPlane(this IApplicationBuilder app)
    {
        var proxy = app.ApplicationServices.GetRequiredService<ProxyPipeline>();
        var status = app.ApplicationServices.GetRequiredService<StatusEndpoint>();
        return app.Use(next => http =>
        {
            if (http.Features.Get<ProxyConnection>() is { } connection)
            {
                return proxy.HandleAsync(http, connection);
            }

            return http.Features.Get<StatusConnection>() is not null ? status.HandleAsync(http) : next(http);
        });
    }
}

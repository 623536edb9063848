using Gateway.Tunnel.Cache;
using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Subscription;
using Gateway.Tunnel.Telemetry.Export;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Hosting;

public static class TunnelClientExtensions
{
    /// <summary>
    /// A data plane's end of the tunnels. The caller registers <see cref="IConfigurationTarget"/> and <see cref="Telemetry.IMetricSource"/>, and may read
    /// <see cref="SubscriptionState"/> and <see cref="ProcessInstance"/>.
    /// </summary>
    public static IServiceCollection AddTunnelClient(this IServiceCollection services, TunnelClientOptions options)
    {
        if (options.ControlPlanes.Count == 0)
        {
            throw new ArgumentException("at least one control plane is needed", nameof(options));
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(provider => ProcessInstance.New(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new CertificateFiles(
            options.Certificates,
            PeerRole.DataPlane,
            options.TrustDomain,
            options.CertificatePollInterval,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CertificateFiles>>()));
        if (options.CacheFolder is not null)
        {
            services.AddSingleton(provider => NewCache(options, provider));
        }

        services.AddSingleton<SubscriptionState>();
        services.AddSingleton(provider => new ConfigurationApplier(
            provider.GetRequiredService<IConfigurationTarget>(),
            provider.GetService<IConfigurationStore>(),
            provider.GetRequiredService<SubscriptionState>(),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ConfigurationApplier>>()));
        services.AddSingleton<RenewalState>();
        services.AddSingleton<AuthorityUpdates>();
        services.AddHostedService<TunnelSubscriber>();
        if (options.RenewCertificate)
        {
            services.AddHostedService<CertificateRenewer>();
        }

        if (options.TelemetryEndpoints.Count > 0)
        {
            services.AddHostedService<TelemetryExporter>();
        }

        return services;
    }

    private static IConfigurationStore NewCache(TunnelClientOptions options, IServiceProvider provider)
    {
        var keyFile = options.CacheKeyFile ?? throw new CacheException("a cache folder without a key file");

        // What is wrong with the key file stops the start, not the first update.
        CacheKeyRing.Load(keyFile);
        return new ConfigurationCache(
            new CacheFolder(options.CacheFolder!),
            CacheScope.Of(provider.GetRequiredService<CertificateFiles>().Current.Identity),
            () => CacheKeyRing.Load(keyFile),
            options.CacheGoodAfter,
            options.MaximumContentSize,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ConfigurationCache>>());
    }
}

using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Admin;
using Gateway.ControlPlane.Publication;
using Gateway.ControlPlane.Publication.Releases;
using Gateway.ControlPlane.Sites;
using Gateway.ControlPlane.Sites.Certificates;
using Gateway.ControlPlane.Sites.Enrollment;
using Gateway.ControlPlane.Store;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Reading;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.ControlPlane.Store.Starting;
using Gateway.ControlPlane.Store.Writing;
using Gateway.ControlPlane.Telemetry;
using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Publication;
using Gateway.Tunnel.Sites;
using Gateway.Tunnel.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.ControlPlane;

public static class ControlPlaneServices
{
    /// <summary>
    /// Registers the store, what the tunnel reads from it (<see cref="IRevisionLog"/>, <see cref="ISiteDirectory"/>, <see cref="IInstanceDirectory"/>,
    /// <see cref="ITelemetryStore"/>), and what the Admin API needs. Before anything that uses the store when it starts: hosted services start in order.
    /// </summary>
    /// <exception cref="StartRefusedException">The options contradict each other, or the key ring can't be used.</exception>
    public static IServiceCollection AddControlPlane(this IServiceCollection services, ControlPlaneOptions options)
    {
        var database = OpenDatabase(options);
        var ring = KeyRingFile.Read(options.KeyRingPath, out var readableByOthers);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        // Through a factory, so that the container disposes it.
        services.AddSingleton(_ => database);
        services.AddSingleton(new Sealer(ring));
        services.AddSingleton<ISecretFields, SecretFields>();
        services.AddSingleton<EntityCodec>();
        services.AddSingleton<CredentialHasher>();
        services.AddSingleton<StoreSignals>();
        services.AddSingleton<RevisionWriter>();
        services.AddSingleton<ConfigurationReader>();
        services.AddSingleton(provider => new ConfigurationMemory(provider.GetRequiredService<CredentialHasher>(), provider.GetService<PublishedConfiguration>()));
        services.AddSingleton<CredentialHashKeys>();
        services.AddSingleton<SiteTransactions>();
        services.AddSingleton<SiteRegistry>();
        services.AddSingleton<CertificateRegistry>();
        services.AddSingleton<EnrollmentTokens>();
        services.AddSingleton<ICertificateLedger, CertificateLedger>();
        services.AddSingleton<SiteDirectory>();
        services.AddSingleton<InstanceDirectory>();
        services.AddSingleton<InstanceReader>();
        services.AddSingleton<UpstreamHealthReader>();
        services.AddSingleton<RequestAnalytics>();
        services.AddSingleton<ReleaseReader>();
        services.AddSingleton<ReleaseControl>();
        services.AddSingleton<StageGuard>();
        services.AddSingleton<Retention>();
        services.AddAdminApi();
        services.AddSingleton<IRevisionLog, StoredRevisionLog>();
        services.AddSingleton<SelfRegistration>();
        services.AddSingleton<ISiteDirectory>(provider =>
            options.AdmitsAnySite ? provider.GetRequiredService<SelfRegistration>() : provider.GetRequiredService<SiteDirectory>());
        services.AddSingleton<IInstanceDirectory>(provider => provider.GetRequiredService<InstanceDirectory>());
        services.AddSingleton<TelemetryTotals>();
        services.AddSingleton(provider => new TelemetryMetricsText(provider.GetRequiredService<TelemetryTotals>()));
        services.AddSingleton<StreamCounts>();
        services.AddSingleton<ITelemetryStore, TelemetryStore>();
        services.AddSingleton(new KeyRingState(options.KeyRingPath, readableByOthers));
        services.AddHostedService<StoreStart>();
        services.AddAccess(options.Access);
        services.AddHostedService<ReplicaListener>();
        services.AddHostedService(provider => provider.GetRequiredService<SiteDirectory>());
        services.AddHostedService(provider => provider.GetRequiredService<InstanceDirectory>());
        services.AddHostedService<ClusterMemory>();
        services.AddHostedService(provider => provider.GetRequiredService<StageGuard>());
        services.AddHostedService(provider => provider.GetRequiredService<Retention>());
        return services;
    }

    internal static StoreDatabase OpenDatabase(ControlPlaneOptions options) => (options.SqlitePath, options.PostgreSql) switch
    {
        ({ } path, null) => new SqliteDatabase(path),
        (null, { } server) => new PostgreSqlDatabase(server),
        _ => throw new StartRefusedException("a control plane needs one database: SQLite or PostgreSQL"),
    };
}

using Gateway.DataPlane.Hosting;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.References;
using Gateway.DataPlane.Telemetry.Exposition;
using Gateway.Plugins.Acl;
using Gateway.Plugins.Aws;
using Gateway.Plugins.AwsLambda;
using Gateway.Plugins.BasicAuth;
using Gateway.Plugins.BotDetection;
using Gateway.Plugins.Canary;
using Gateway.Plugins.CorrelationId;
using Gateway.Plugins.Cors;
using Gateway.Plugins.Degraphql;
using Gateway.Plugins.FileLog;
using Gateway.Plugins.GraphQLLimits;
using Gateway.Plugins.GraphQLProxyCacheAdvanced;
using Gateway.Plugins.GraphQLRateLimitingAdvanced;
using Gateway.Plugins.HttpLog;
using Gateway.Plugins.IpRestriction;
using Gateway.Plugins.Jwt;
using Gateway.Plugins.KeyAuth;
using Gateway.Plugins.MtlsAuth;
using Gateway.Plugins.OpenIdConnect;
using Gateway.Plugins.OpenSearchLog;
using Gateway.Plugins.OpenTelemetry;
using Gateway.Plugins.Prometheus;
using Gateway.Plugins.ProxyCache;
using Gateway.Plugins.ProxyCacheAdvanced;
using Gateway.Plugins.RateLimiting;
using Gateway.Plugins.RateLimitingAdvanced;
using Gateway.Plugins.Redis;
using Gateway.Plugins.RequestSizeLimiting;
using Gateway.Plugins.RequestTermination;
using Gateway.Plugins.RequestTransformer;
using Gateway.Plugins.RequestValidator;
using Gateway.Plugins.ResponseTransformer;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Plugins;

/// <summary>Puts the catalogue's plugins into a host.</summary>
public static class PluginsExtensions
{
    public static IServiceCollection AddPlugins(this IServiceCollection services) => services
        .AddSingleton<IReferenceSource, SecretsManager>()
        .AddSingleton<RedisConnections>()
        .AddSingleton<IStatusSection>(static provider => provider.GetRequiredService<RedisConnections>())
        .AddHostedService(static provider => provider.GetRequiredService<RedisConnections>())
        .AddSingleton<PluginFactory, AclFactory>()
        .AddSingleton<PluginFactory, AwsLambdaFactory>()
        .AddSingleton<PluginFactory, BasicAuthFactory>()
        .AddSingleton<PluginFactory, BotDetectionFactory>()
        .AddSingleton<PluginFactory, CanaryFactory>()
        .AddSingleton<PluginFactory, CorrelationIdFactory>()
        .AddSingleton<PluginFactory, CorsFactory>()
        .AddSingleton<PluginFactory, DegraphqlFactory>()
        .AddSingleton<PluginFactory, FileLogFactory>()
        .AddSingleton<PluginFactory, GraphQLLimitsFactory>()
        .AddSingleton<PluginFactory, GraphQLProxyCacheAdvancedFactory>()
        .AddSingleton<PluginFactory, GraphQLRateLimitingAdvancedFactory>()
        .AddSingleton<PluginFactory, HttpLogFactory>()
        .AddSingleton<PluginFactory, IpRestrictionFactory>()
        .AddSingleton<PluginFactory, JwtFactory>()
        .AddSingleton<PluginFactory, KeyAuthFactory>()
        .AddSingleton<PluginFactory, MtlsAuthFactory>()
        .AddSingleton<ProviderClient>()
        .AddSingleton<Issuers>()
        .AddSingleton<PluginFactory, OpenIdConnectFactory>()
        .AddSingleton<DiskBuffers>()
        .AddSingleton<PluginFactory, OpenSearchLogFactory>()
        .AddSingleton<PluginFactory, OpenTelemetryFactory>()
        .AddSingleton<PrometheusMetrics>()
        .AddSingleton<IMetricsPage>(static provider => provider.GetRequiredService<PrometheusMetrics>())
        .AddSingleton<PluginFactory, PrometheusFactory>()
        .AddSingleton<ResponseMemory>()
        .AddSingleton<PluginFactory, ProxyCacheAdvancedFactory>()
        .AddSingleton<PluginFactory, ProxyCacheFactory>()
        .AddSingleton<PluginFactory, RateLimitingAdvancedFactory>()
        .AddSingleton<PluginFactory, RateLimitingFactory>()
        .AddSingleton<PluginFactory, RequestSizeLimitingFactory>()
        .AddSingleton<PluginFactory, RequestTerminationFactory>()
        .AddSingleton<PluginFactory, RequestTransformerFactory>()
        .AddSingleton<PluginFactory, RequestValidatorFactory>()
        .AddSingleton<PluginFactory, ResponseTransformerFactory>();
}

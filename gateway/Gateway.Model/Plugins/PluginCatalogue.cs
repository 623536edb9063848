using Gateway.Model.Plugins.Acl;
using Gateway.Model.Plugins.AwsLambda;
using Gateway.Model.Plugins.BasicAuth;
using Gateway.Model.Plugins.BotDetection;
using Gateway.Model.Plugins.Canary;
using Gateway.Model.Plugins.CorrelationId;
using Gateway.Model.Plugins.Cors;
using Gateway.Model.Plugins.Degraphql;
using Gateway.Model.Plugins.FileLog;
using Gateway.Model.Plugins.GraphQLLimits;
using Gateway.Model.Plugins.GraphQLProxyCacheAdvanced;
using Gateway.Model.Plugins.GraphQLRateLimitingAdvanced;
using Gateway.Model.Plugins.HttpLog;
using Gateway.Model.Plugins.IpRestriction;
using Gateway.Model.Plugins.Jwt;
using Gateway.Model.Plugins.KeyAuth;
using Gateway.Model.Plugins.MtlsAuth;
using Gateway.Model.Plugins.OpenIdConnect;
using Gateway.Model.Plugins.OpenSearchLog;
using Gateway.Model.Plugins.OpenTelemetry;
using Gateway.Model.Plugins.Prometheus;
using Gateway.Model.Plugins.ProxyCache;
using Gateway.Model.Plugins.ProxyCacheAdvanced;
using Gateway.Model.Plugins.RateLimiting;
using Gateway.Model.Plugins.RateLimitingAdvanced;
using Gateway.Model.Plugins.RequestSizeLimiting;
using Gateway.Model.Plugins.RequestTermination;
using Gateway.Model.Plugins.RequestTransformer;
using Gateway.Model.Plugins.RequestValidator;
using Gateway.Model.Plugins.ResponseTransformer;

namespace Gateway.Model.Plugins;

/// <summary>Every plugin that this process knows: those of this version, and those that were installed beside it.</summary>
public static class PluginCatalogue
{
    private static readonly IReadOnlyList<PluginDefinition> BuiltIn =
    [
        CorrelationIdDefinition.Create(),
        BotDetectionDefinition.Create(),
        CorsDefinition.Create(),
        MtlsAuthDefinition.Create(),
        DegraphqlDefinition.Create(),
        JwtDefinition.Create(),
        KeyAuthDefinition.Create(),
        BasicAuthDefinition.Create(),
        OpenIdConnectDefinition.Create(),
        RequestValidatorDefinition.Create(),
        IpRestrictionDefinition.Create(),
        RequestSizeLimitingDefinition.Create(),
        AclDefinition.Create(),
        RateLimitingDefinition.Create(),
        RateLimitingAdvancedDefinition.Create(),
        GraphQLLimitsDefinition.Create(),
        GraphQLRateLimitingAdvancedDefinition.Create(),
        RequestTransformerDefinition.Create(),
        ResponseTransformerDefinition.Create(),
        AwsLambdaDefinition.Create(),
        ProxyCacheDefinition.Create(),
        ProxyCacheAdvancedDefinition.Create(),
        GraphQLProxyCacheAdvancedDefinition.Create(),
        CanaryDefinition.Create(),
        OpenTelemetryDefinition.Create(),
        PrometheusDefinition.Create(),
        HttpLogDefinition.Create(),
        OpenSearchLogDefinition.Create(),
        FileLogDefinition.Create(),
        RequestTerminationDefinition.Create(),
    ];

    private static readonly InstalledPlugins Installed = new(BuiltIn);

    /// <summary>Those of this version in the order of their priorities, highest first, and then those that were installed.</summary>
    public static IReadOnlyList<PluginDefinition> All => Installed.All;

    /// <summary>Null where there is no such plugin.</summary>
    public static PluginDefinition? Find(string name) => Installed.ByName.GetValueOrDefault(name);

    /// <summary>Makes plugins known that did not come with the gateway. Once, when the process begins: who reads the catalogue takes it for constant.</summary>
    /// <exception cref="InvalidOperationException">There were some already.</exception>
    public static void Install(IReadOnlyList<PluginDefinition> plugins) => Installed.Add(plugins);
}

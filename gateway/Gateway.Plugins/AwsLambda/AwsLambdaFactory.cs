using Amazon;
using Amazon.Runtime;
using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.AwsLambda;
using Gateway.Plugins.Aws;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.AwsLambda;

internal sealed class AwsLambdaFactory() : CataloguePluginFactory<AwsLambdaConfig>("aws-lambda")
{
    protected override PluginInstance? Create(AwsLambdaConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors)
    {
        if ((config.AwsRegion ?? Environment.GetEnvironmentVariable("AWS_REGION")) is not { Length: > 0 } region)
        {
            errors.Add(new ModelError("config.aws_region", "is not set, and AWS_REGION is not either", "such as eu-central-1"));
            return null;
        }

        var suffix = RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix;
        var endpoint = new UriBuilder(config.DisableHttps ? "http" : "https", config.Host ?? $"lambda.{region}.{suffix}", config.Port).Uri;
        var transport = new SocketsHttpHandler
        {
            UseCookies = false,
            UseProxy = false,
            PooledConnectionIdleTimeout = TimeSpan.FromMilliseconds(config.Keepalive),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        var http = new HttpClient(SignedRequests.Through(transport, "lambda", region, Credentials(config)))
        {
            Timeout = TimeSpan.FromMilliseconds(config.Timeout),

            // Lambda, "Quotas": 6 MB for a synchronous result, which in JSON may be longer.
            MaxResponseContentBufferSize = 16 * 1024 * 1024,
        };
        return new AwsLambdaPlugin(config, endpoint, http, host.Time, host.Loggers.CreateLogger<AwsLambdaPlugin>());
    }

    private static AWSCredentials Credentials(AwsLambdaConfig config)
    {
        AWSCredentials own = config.AwsKey is { } key ? new BasicAWSCredentials(key, config.AwsSecret) : new DefaultCredentials();
        return config.AwsAssumeRoleArn is { } role ? new AssumeRoleAWSCredentials(own, role, config.AwsRoleSessionName) : own;
    }
}

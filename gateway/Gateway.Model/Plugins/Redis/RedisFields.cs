using System.Text.Json.Nodes;
using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.Redis;

/// <summary>The fields and rules of Kong's <c>redis</c> record.</summary>
internal static class RedisFields
{
    private const int MaximumTimeout = int.MaxValue - 1;
    private const int MaximumPort = 65535;

    public static FieldSchema Create() => Field.Record(
        "redis",
        Field.Text("host") with { Referenceable = true, Check = value => HostProblem(value) },
        Field.Integer("port", 6379, 0, MaximumPort) with { Referenceable = true },
        Field.Integer("timeout", null, 1, MaximumTimeout),
        Field.Integer("connect_timeout", 2000, 1, MaximumTimeout),
        Field.Integer("send_timeout", 2000, 1, MaximumTimeout),
        Field.Integer("read_timeout", 2000, 1, MaximumTimeout),
        Field.Text("username") with { Referenceable = true },
        Field.Text("password") with { Secret = true, Referenceable = true },
        Field.Integer("database", 0, 0, int.MaxValue),
        Field.Flag("ssl", false),
        Field.Flag("ssl_verify", false),
        Field.Text("server_name") with { Referenceable = true, Check = value => HostProblem(value) },
        Field.List("cluster_nodes", Field.Record("node", Field.Text("ip", "127.0.0.1") with { Check = value => HostProblem(value) }, Field.Integer("port", 6379, 0, MaximumPort))) with { MinimumLength = 1 },

        // Of Kong's client, which opens a connection for each request of its workers; ours are shared, and the field has nothing to tune.
        Field.Integer("cluster_max_redirections", 5, 0, MaximumTimeout),
        Field.Integer("keepalive_pool_size", 256, 1, MaximumTimeout),
        Field.Integer("keepalive_backlog", null, 0, MaximumTimeout),
        Field.Flag("connection_is_proxied", false) with { Check = value => value.GetValue<bool>() ? "a proxied connection is not supported by this version" : null },
        Unsupported.Field("sentinel_master", FieldType.String),
        Unsupported.Field("sentinel_role", FieldType.String),
        Unsupported.Field("sentinel_nodes", FieldType.Array),
        Unsupported.Field("sentinel_username", FieldType.String),
        Unsupported.Field("sentinel_password", FieldType.String),
        CloudAuthentication());

    /// <summary>The rules between fields, where the plugin uses Redis at all.</summary>
    public static IEnumerable<ModelError> Check(JsonObject config)
    {
        var redis = config["redis"]!.AsObject();
        if (redis["host"] is null && redis["cluster_nodes"] is null)
        {
            yield return new ModelError("redis.host", "required field missing", "a host name or address, unless 'redis.cluster_nodes' are given");
        }

        if (redis["cluster_nodes"] is not null && redis["database"]!.ToJsonString() != "0")
        {
            yield return new ModelError("redis.database", "value must be 0 where 'redis.cluster_nodes' are given", "0");
        }

        if (redis["ssl_verify"]!.GetValue<bool>() && !redis["ssl"]!.GetValue<bool>())
        {
            yield return new ModelError("redis.ssl_verify", "value must be false where 'redis.ssl' is false", "false");
        }

        foreach (var error in CheckCloud(redis, redis["cloud_authentication"]!.AsObject()))
        {
            yield return error;
        }
    }

    private static IEnumerable<ModelError> CheckCloud(JsonObject redis, JsonObject cloud)
    {
        if (cloud["auth_provider"] is null)
        {
            yield break;
        }

        // ElastiCache takes IAM tokens over TLS alone, and from a user whose name the token carries.
        foreach (var (name, value) in new[] { ("redis.username", redis["username"]), ("redis.cloud_authentication.aws_cache_name", cloud["aws_cache_name"]) })
        {
            if (value is null)
            {
                yield return new ModelError(name, "required field missing where 'redis.cloud_authentication.auth_provider' is 'aws'");
            }
        }

        if (!redis["ssl"]!.GetValue<bool>())
        {
            yield return new ModelError("redis.ssl", "value must be true where 'redis.cloud_authentication.auth_provider' is 'aws'", "true");
        }

        if (redis["password"] is not null)
        {
            yield return new ModelError("redis.password", "value must be null where 'redis.cloud_authentication.auth_provider' is 'aws': a token takes its place");
        }

        if (cloud["aws_access_key_id"] is null != cloud["aws_secret_access_key"] is null)
        {
            yield return new ModelError("redis.cloud_authentication", "all or none of these fields must be set: 'aws_access_key_id', 'aws_secret_access_key'");
        }
    }

    private static FieldSchema CloudAuthentication() => Field.Record(
        "cloud_authentication",
        Field.Choice("auth_provider", null, "aws") with { Unsupported = ["gcp", "azure"] },
        Field.Text("aws_cache_name") with { Referenceable = true },
        Field.Flag("aws_is_serverless", true),
        Field.Text("aws_region") with { Referenceable = true },
        Field.Text("aws_access_key_id") with { Referenceable = true },
        Field.Text("aws_secret_access_key") with { Secret = true, Referenceable = true },
        Field.Text("aws_assume_role_arn") with { Referenceable = true },
        Field.Text("aws_role_session_name") with { Referenceable = true },
        Unsupported.Field("gcp_service_account_json", FieldType.String),
        Unsupported.Field("azure_client_id", FieldType.String),
        Unsupported.Field("azure_client_secret", FieldType.String),
        Unsupported.Field("azure_tenant_id", FieldType.String));

    private static string? HostProblem(JsonNode value) =>
        value.GetValue<string>() is var host && host.StartsWith("{vault://", StringComparison.Ordinal) ? null : Texts.HostProblem(host);
}

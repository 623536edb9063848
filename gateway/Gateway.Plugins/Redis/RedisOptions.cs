using System.Security.Authentication;
using Gateway.Model.Plugins.Redis;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Gateway.Plugins.Redis;

/// <summary>The client's options of a <c>redis</c> record.</summary>
internal static class RedisOptions
{
    private const int FirstReconnectMilliseconds = 250;
    private const int LongestReconnectMilliseconds = 5000;

    public static ConfigurationOptions Of(RedisConfig config, DefaultOptionsProvider? credentials)
    {
        var options = new ConfigurationOptions
        {
            ConnectTimeout = config.Timeout ?? config.ConnectTimeout,
            AsyncTimeout = config.Timeout ?? config.ReadTimeout,
            SyncTimeout = config.Timeout ?? config.ReadTimeout,
            DefaultDatabase = config.Database,
            Ssl = config.Ssl,

            // A start without Redis is no failure: it goes on trying, with pauses that grow.
            AbortOnConnectFail = false,
            ConnectRetry = 1,
            ReconnectRetryPolicy = new ExponentialRetry(FirstReconnectMilliseconds, LongestReconnectMilliseconds),

            // Who asks while there is no connection is told at once.
            BacklogPolicy = BacklogPolicy.FailFast,

            // No key that a user's access list might not name, and no second connection for messages that nobody reads.
            TieBreaker = string.Empty,
            ConfigurationChannel = string.Empty,
            CommandMap = CommandMap.Create(["SUBSCRIBE"], available: false),

            // Keys name callers: they stay out of logs.
            IncludeDetailInExceptions = false,
            ClientName = "gateway",
        };
        if (config.ClusterNodes is { Count: > 0 } nodes)
        {
            foreach (var node in nodes)
            {
                options.EndPoints.Add(node.Ip, node.Port);
            }
        }
        else
        {
            options.EndPoints.Add(config.Host!, config.Port);
        }

        if (config.Ssl)
        {
            options.SslHost = config.ServerName ?? config.Host;
            options.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            if (!config.SslVerify)
            {
                // What the administrator asked for, and Kong's default.
#pragma warning disable CA5359
                options.CertificateValidation += static (_, _, _, _) => true;
#pragma warning restore CA5359
            }
        }

        if (credentials is not null)
        {
            options.Defaults = credentials;
        }
        else
        {
            options.User = config.Username;
            options.Password = config.Password;
        }

        return options;
    }
}

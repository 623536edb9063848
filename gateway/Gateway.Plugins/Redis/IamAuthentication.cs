using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Gateway.Model.Plugins.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Gateway.Plugins.Redis;

/// <summary>
/// Signs in to ElastiCache with IAM: each new connection with a fresh token, and standing ones again long before ElastiCache ends them (12 hours after the last token).
/// </summary>
internal sealed class IamAuthentication : DefaultOptionsProvider, IAsyncDisposable
{
    /// <summary>A token lives 15 minutes; one that is handed out has at least five left.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly RedisCloudAuthentication _cloud;
    private readonly string _user;
    private readonly ILogger _logger;
    private readonly Func<Task<string>> _sign;
    private readonly CancellationTokenSource _stopping = new();
    private volatile string? _token;
    private volatile ConnectionMultiplexer? _multiplexer;
    private Task _renewing = Task.CompletedTask;

    public IamAuthentication(RedisConfig config, ILogger logger, Func<Task<string>>? sign = null)
    {
        _cloud = config.CloudAuthentication;
        _user = config.Username!;
        _logger = logger;
        _sign = sign ?? new Signer(_cloud, _user).SignAsync;
    }

    // Asked by the client for each connection that it makes.
    public override string? User => _user;

    public override string? Password => _token;

    /// <summary>Gets the first token, and keeps it fresh from then on.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        await TryRenewAsync();
        cancellation.ThrowIfCancellationRequested();
        _renewing = Task.Run(RenewAsync, CancellationToken.None);
    }

    public void Attach(ConnectionMultiplexer multiplexer) => _multiplexer = multiplexer;

    /// <summary>Takes a new token and shows it to every server that is connected. False where there was none to take.</summary>
    public async Task<bool> TryRenewAsync()
    {
        try
        {
            _token = await _sign();
        }
        catch (Exception failure) when (failure is AmazonClientException or AmazonServiceException or InvalidOperationException or HttpRequestException)
        {
            RedisLog.TokenFailed(_logger, _cloud.AwsCacheName!, failure);
            return false;
        }

        foreach (var server in _multiplexer?.GetServers() ?? [])
        {
            if (server.IsConnected)
            {
                await ShowAsync(server);
            }
        }

        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _renewing;
        _stopping.Dispose();
    }

    private async Task ShowAsync(IServer server)
    {
        try
        {
            await server.ExecuteAsync("AUTH", _user, _token!);
        }
        catch (Exception failure) when (failure is RedisException or TimeoutException)
        {
            RedisLog.ReauthenticationFailed(_logger, server.EndPoint is DnsEndPoint name ? name.Host : server.EndPoint.ToString()!, failure);
        }
    }

    private async Task RenewAsync()
    {
        var isFresh = _token is not null;
        try
        {
            while (true)
            {
                await Task.Delay(isFresh ? Renewal : Retry, _stopping.Token);
                isFresh = await TryRenewAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return;
        }
    }

    private sealed class Signer(RedisCloudAuthentication cloud, string user)
    {
        // Found when first asked for, and again where there were none: they may come later.
        private AWSCredentials? _credentials;

        public async Task<string> SignAsync()
        {
            var region = cloud.AwsRegion ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName
                ?? throw new InvalidOperationException("no region: set 'redis.cloud_authentication.aws_region' or AWS_REGION");
            return ElastiCacheToken.Create(cloud.AwsCacheName!, user, cloud.AwsIsServerless, region, await (_credentials ??= Credentials(cloud)).GetCredentialsAsync());
        }

        private static AWSCredentials Credentials(RedisCloudAuthentication cloud)
        {
            AWSCredentials source = cloud.AwsAccessKeyId is { } id
                ? new BasicAWSCredentials(id, cloud.AwsSecretAccessKey)
                : DefaultAWSCredentialsIdentityResolver.GetCredentials();
            return cloud.AwsAssumeRoleArn is { } role
                ? new AssumeRoleAWSCredentials(source, role, cloud.AwsRoleSessionName ?? "gateway")
                : source;
        }
    }
}

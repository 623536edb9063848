using System.Globalization;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;

namespace Gateway.Plugins.Redis;

/// <summary>The password of an IAM user of ElastiCache: a presigned request (Signature Version 4) to the action <c>connect</c>, without its scheme.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html</remarks>
internal static class ElastiCacheToken
{
    private const string Service = "elasticache";

    /// <summary>The most that ElastiCache allows.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <param name="cache">The replication group's or serverless cache's name; ElastiCache keeps names in lower case.</param>
    public static string Create(string cache, string user, bool isServerless, string region, ImmutableCredentials credentials)
    {
        var name = cache.ToLowerInvariant();
        var request = new DefaultRequest(new ConnectRequest(), Service)
        {
            HttpMethod = "GET",
            UseQueryString = true,
            ResourcePath = "/",
            Endpoint = new UriBuilder(Uri.UriSchemeHttp, name).Uri,
        };
        request.Parameters["Action"] = "connect";
        request.Parameters["User"] = user;
        request.Parameters["X-Amz-Expires"] = Lifetime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        if (isServerless)
        {
            request.Parameters["ResourceType"] = "ServerlessCache";
        }

        if (credentials.UseToken)
        {
            request.Parameters["X-Amz-Security-Token"] = credentials.Token;
        }

        var signature = AWS4PreSignedUrlSigner.SignRequest(request, null, new RequestMetrics(), credentials.AccessKey, credentials.SecretKey, Service, region);
        var query = AmazonServiceClient.ComposeUrl(request).Query;
        return $"{name}/{query}&{signature.ForQueryParameters}";
    }

    private sealed class ConnectRequest : AmazonWebServiceRequest;
}

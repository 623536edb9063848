using System.Collections.Immutable;
using Hybrid.Infra.Iam;
using Hybrid.Stacks.Configuration;
using Hybrid.Stacks.References;
using Pulumi;

namespace Hybrid.Stacks.Layers;

/// <summary>What a data plane's pods may do in AWS, wherever they run: sign in to the cache as its one user, and write request logs.</summary>
internal static class DataPlanePermissions
{
    /// <summary>
    /// The name of a site's role. The search domain maps it to the right to write logs before the site is there, which is known in a layer below the site's own.
    /// </summary>
    public static string RoleName(EnvironmentConfig environment, string site) => $"{environment.Prefix}-{site}-data-plane";

    public static ImmutableArray<Statement> Of(PlatformOutputs platform) =>
    [
        new Statement { Sid = "ConnectToCache", Actions = ["elasticache:Connect"], Resources = [platform.CacheArn, platform.CacheUserArn] },
        new Statement
        {
            Sid = "WriteRequestLogs",
            Actions = ["es:ESHttpPost", "es:ESHttpPut"],
            Resources = [Output.Format($"{platform.SearchArn}/_bulk"), Output.Format($"{platform.SearchArn}/gateway-*")],
        },
    ];
}

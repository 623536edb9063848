using Pulumi;

namespace Hybrid.Stacks.References;

internal sealed record PlatformOutputs
{
    public required Output<string> ClusterName { get; init; }

    public required Output<string> ClusterArn { get; init; }

    public required Output<string> ClusterEndpoint { get; init; }

    /// <summary>PEM, in Base64.</summary>
    public required Output<string> ClusterCertificateAuthority { get; init; }

    /// <summary>Who makes load balancers there: the AWS Load Balancer Controller, or EKS Auto Mode.</summary>
    public required Output<string> LoadBalancerClass { get; init; }

    public required Output<string> DatabaseEndpoint { get; init; }

    public required Output<string> DatabaseName { get; init; }

    public required Output<string> DatabaseUser { get; init; }

    /// <summary>What the ARNs of users who sign in by IAM contain.</summary>
    public required Output<string> DatabaseResourceId { get; init; }

    /// <summary>Where the password is, in Secrets Manager; not the password.</summary>
    public required Output<string> DatabaseSecretArn { get; init; }

    public required Output<string> OidcIssuer { get; init; }

    public required Output<string> OidcSignInDomain { get; init; }

    public required Output<string> OidcClientId { get; init; }

    [SecretOutput]
    public required Output<string> OidcClientSecret { get; init; }

    public required Output<string> MachineClientId { get; init; }

    [SecretOutput]
    public required Output<string> MachineClientSecret { get; init; }

    /// <summary>Empty where no console has a client of its own.</summary>
    public required Output<string> ConsoleClientId { get; init; }

    [SecretOutput]
    public required Output<string> ConsoleClientSecret { get; init; }

    public required Output<string> CacheEndpoint { get; init; }

    public required Output<string> CacheUser { get; init; }

    public required Output<string> CacheArn { get; init; }

    public required Output<string> CacheUserArn { get; init; }

    public required Output<string> SearchEndpoint { get; init; }

    public required Output<string> SearchArn { get; init; }

    /// <summary>The search domain's master user.</summary>
    public required Output<string> SearchAdminRoleArn { get; init; }

    /// <summary>Where alarms go: subscribe to it.</summary>
    public required Output<string> AlarmTopicArn { get; init; }
}

namespace Gateway.Model.Plugins.Redis;

/// <summary>Kong's <c>cloud_authentication</c>. With <c>aws</c> the user name and a short-lived token, signed with IAM credentials, take the password's place.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html</remarks>
public sealed record RedisCloudAuthentication
{
    /// <summary><c>aws</c>, or null for none.</summary>
    public string? AuthProvider { get; init; }

    /// <summary>The replication group's or the serverless cache's name, in lower case.</summary>
    public string? AwsCacheName { get; init; }

    public bool AwsIsServerless { get; init; } = true;

    /// <summary>Null for the region that the environment names.</summary>
    public string? AwsRegion { get; init; }

    /// <summary>With <see cref="AwsSecretAccessKey"/>; null for the credentials that the SDK finds: environment, web identity, Pod Identity, profile, instance.</summary>
    public string? AwsAccessKeyId { get; init; }

    public string? AwsSecretAccessKey { get; init; }

    /// <summary>A role to take on before signing.</summary>
    public string? AwsAssumeRoleArn { get; init; }

    public string? AwsRoleSessionName { get; init; }
}

namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:anywhere</c>: the site's cluster.</summary>
internal sealed record AnywhereConfig
{
    /// <summary>
    /// The SSM parameter (SecureString) with the kubeconfig of the site's cluster. Where <see cref="Cluster"/> is given it appears when the cluster does.
    /// </summary>
    public required string KubeConfigParameter { get; init; }

    /// <summary>The cluster's own definition; without it an existing cluster is used as it is.</summary>
    public AnywhereClusterConfig? Cluster { get; init; }

    /// <summary>The image of AWS's credential helper.</summary>
    public required string CredentialHelperImage { get; init; }

    /// <summary>The Secret of the namespace with which the nodes pull images, made by the site; none when null.</summary>
    public string? ImagePullSecret { get; init; }

    /// <summary>The storage class for the configuration cache.</summary>
    public string StorageClass { get; init; } = "";
}

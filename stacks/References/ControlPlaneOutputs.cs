using System.Collections.Immutable;
using Pulumi;

namespace Hybrid.Stacks.References;

internal sealed record ControlPlaneOutputs
{
    public required Output<string> TrustDomain { get; init; }

    /// <summary>HOST:8005.</summary>
    public required Output<string> TunnelEndpoint { get; init; }

    /// <summary>HOST:8006.</summary>
    public required Output<string> TelemetryEndpoint { get; init; }

    /// <summary>PEM of every generation of the tunnels' CA.</summary>
    public required Output<string> CaBundle { get; init; }

    /// <summary>PEM, by site.</summary>
    public required Output<ImmutableDictionary<string, string>> SiteCertificates { get; init; }

    /// <summary>PEM, by site.</summary>
    [SecretOutput]
    public required Output<ImmutableDictionary<string, string>> SiteKeys { get; init; }

    /// <summary>Inside the cluster.</summary>
    public required Output<string> AdminUrl { get; init; }
}

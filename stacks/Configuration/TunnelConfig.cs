using System.Collections.Immutable;
using Hybrid.Infra.Gateway;

namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:tunnel</c>, of the control plane.</summary>
internal sealed record TunnelConfig
{
    /// <summary>How data planes reach 8005 and 8006.</summary>
    public required ServiceExposure Exposure { get; init; }

    /// <summary>How data planes without a certificate reach 8004, where they enrol with a token. Off when null: the CA's private key is then in no pod.</summary>
    public ServiceExposure? Enrollment { get; init; }

    /// <summary>The CA's generations, all of which are trusted.</summary>
    public required ImmutableArray<int> Generations { get; init; }

    /// <summary>The generation that issues certificates.</summary>
    public required int ActiveGeneration { get; init; }

    /// <summary>Days that a certificate is valid.</summary>
    public int LeafValidity { get; init; } = 90;

    /// <summary>Days before its end at which a certificate is renewed by the next deployment.</summary>
    public int LeafRenewal { get; init; } = 30;

    /// <summary>Every site that has a data plane: each gets a certificate and is registered.</summary>
    public required ImmutableArray<string> Sites { get; init; }
}

using System.Collections.Immutable;

namespace Hybrid.Infra.Anywhere;

/// <summary>What the machines reach the internet through.</summary>
public sealed record OutgoingProxy
{
    /// <summary>HOST:PORT for plain HTTP.</summary>
    public required string HttpProxy { get; init; }

    /// <summary>HOST:PORT for HTTPS.</summary>
    public required string HttpsProxy { get; init; }

    /// <summary>Hosts, domains and IPv4 ranges that are reached without it.</summary>
    public ImmutableArray<string> NoProxy { get; init; } = [];
}

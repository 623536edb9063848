using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Dns;

public sealed record DnsZoneArgs
{
    /// <summary>The environment's domain, such as <c>dev.gateway.example.com</c>.</summary>
    public required string Domain { get; init; }

    public bool Protect { get; init; } = true;

    internal void Validate() => Check.DnsName(Domain, "domain");
}

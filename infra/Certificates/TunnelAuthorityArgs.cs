using System.Collections.Immutable;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Certificates;

public sealed record TunnelAuthorityArgs
{
    /// <summary>The trust domain of every identity, such as <c>prod.gateway.example.com</c>.</summary>
    public required string TrustDomain { get; init; }

    /// <summary>
    /// The CA's generations that are trusted. To rotate: add one, bring everything up; make it active, bring everything up; remove the old one, bring
    /// everything up.
    /// </summary>
    public required ImmutableArray<int> Generations { get; init; }

    /// <summary>The generation that signs.</summary>
    public required int ActiveGeneration { get; init; }

    /// <summary>Days that a generation is valid, 365 to 3650.</summary>
    public int CaValidity { get; init; } = 1825;

    /// <summary>Days that a leaf is valid, 2 to 398.</summary>
    public int LeafValidity { get; init; } = 90;

    /// <summary>Days before its end when a leaf is made anew by the next <c>up</c>.</summary>
    public int LeafRenewal { get; init; } = 30;

    public bool Protect { get; init; } = true;

    internal void Validate()
    {
        Check.DnsName(TrustDomain, "trustDomain");
        Check.That(
            !Generations.IsDefaultOrEmpty && Generations.Distinct().Count() == Generations.Length && Generations.All(generation => generation > 0),
            "generations",
            "none, one twice, or one below 1",
            "different numbers from 1");
        Check.OneOf(ActiveGeneration, Generations, "activeGeneration");
        Check.InRange(CaValidity, 365, 3650, "caValidity");
        Check.InRange(LeafValidity, 2, 398, "leafValidity");
        Check.InRange(LeafRenewal, 1, LeafValidity - 1, "leafRenewal");
    }
}

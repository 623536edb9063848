using System.Collections.Immutable;
using Pulumi;

namespace Hybrid.Infra.Monitoring;

/// <summary>When an alarm goes off.</summary>
internal sealed record AlarmRule
{
    public required string Name { get; init; }

    /// <summary>What it means and what to look at first.</summary>
    public required string Description { get; init; }

    public required string Namespace { get; init; }

    public required string Metric { get; init; }

    public required ImmutableDictionary<string, Input<string>> Dimensions { get; init; }

    public string Statistic { get; init; } = "Average";

    public bool Below { get; init; }

    public required double Threshold { get; init; }

    /// <summary>Minutes of five that it must last.</summary>
    public int Periods { get; init; } = 3;
}

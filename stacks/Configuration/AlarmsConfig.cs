using System.Collections.Immutable;
using Hybrid.Infra.Monitoring;

namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:alarms</c>, of the platform.</summary>
internal sealed record AlarmsConfig
{
    /// <summary>Who is told.</summary>
    public required ImmutableArray<AlarmSubscription> Subscriptions { get; init; }
}

using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Gateway;

/// <summary>How many pods, and how large.</summary>
public sealed partial record Scaling
{
    /// <summary>Pods at least.</summary>
    public required int MinReplicas { get; init; }

    /// <summary>The same as the minimum: no autoscaling.</summary>
    public required int MaxReplicas { get; init; }

    /// <summary>Percent of the requested CPU, 10 to 95.</summary>
    public int TargetCpu { get; init; } = 70;

    /// <summary>CPU that each pod asks for.</summary>
    public string Cpu { get; init; } = "500m";

    /// <summary>Memory that each pod asks for, and gets at most.</summary>
    public string Memory { get; init; } = "1Gi";

    internal void Validate()
    {
        Check.InRange(MinReplicas, 1, 100, "scaling.minReplicas");
        Check.InRange(MaxReplicas, MinReplicas, 1000, "scaling.maxReplicas");
        Check.InRange(TargetCpu, 10, 95, "scaling.targetCpu");
        Check.Matches(Cpu, CpuPattern(), "scaling.cpu", "such as 500m or 2");
        Check.Matches(Memory, MemoryPattern(), "scaling.memory", "such as 512Mi or 1Gi");
    }

    [GeneratedRegex(@"^([1-9]\d*m|[1-9]\d*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CpuPattern();

    [GeneratedRegex(@"^[1-9]\d*(Mi|Gi)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MemoryPattern();
}

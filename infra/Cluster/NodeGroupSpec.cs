using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Cluster;

/// <summary>A managed group of nodes on Amazon Linux 2023.</summary>
public sealed partial record NodeGroupSpec
{
    /// <summary>The group's name.</summary>
    public required string Name { get; init; }

    /// <summary>All of one architecture.</summary>
    public required ImmutableArray<string> InstanceTypes { get; init; }

    /// <summary>Nodes at least.</summary>
    public required int MinSize { get; init; }

    /// <summary>Nodes at most.</summary>
    public required int MaxSize { get; init; }

    /// <summary>What the instance types are: Graviton, or Intel and AMD.</summary>
    public NodeArchitecture Architecture { get; init; } = NodeArchitecture.Arm64;

    /// <summary>Spot nodes go away at two minutes' notice.</summary>
    public bool Spot { get; init; }

    /// <summary>GiB of the root volume, 20 to 16384 (gp3's limit).</summary>
    public int DiskSize { get; init; } = 80;

    internal void Validate()
    {
        Check.Slug(Name, 20, "nodeGroups.name");
        Check.That(!InstanceTypes.IsDefaultOrEmpty, $"nodeGroups.{Name}.instanceTypes", "none was given", "at least one");
        foreach (var type in InstanceTypes)
        {
            var match = TypePattern().Match(type);
            Check.That(match.Success, $"nodeGroups.{Name}.instanceTypes", $"'{type}' is malformed", "such as m7g.large");
            // A Graviton type has a g behind its generation: m7g, c8gd, t4g.
            var architecture = match.Groups["options"].Value.Contains('g') ? NodeArchitecture.Arm64 : NodeArchitecture.X86;
            Check.That(architecture == Architecture, $"nodeGroups.{Name}.instanceTypes", $"{type} is {architecture}", $"types of {Architecture}");
        }

        Check.InRange(MinSize, 1, 450, $"nodeGroups.{Name}.minSize");
        Check.InRange(MaxSize, MinSize, 450, $"nodeGroups.{Name}.maxSize");
        Check.InRange(DiskSize, 20, 16384, $"nodeGroups.{Name}.diskSize");
    }

    [GeneratedRegex(@"^[a-z]+[0-9]+(?<options>[a-z-]*)\.[a-z0-9-]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypePattern();
}

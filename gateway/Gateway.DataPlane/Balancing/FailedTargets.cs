using System.Runtime.InteropServices;
using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Balancing;

/// <summary>The targets that one request has tried in vain. Empty for almost every request, and then free.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct FailedTargets
{
    private List<TargetModel>? _targets;

    public readonly int Count => _targets?.Count ?? 0;

    public void Add(TargetModel target) => (_targets ??= []).Add(target);

    public readonly bool Contains(TargetModel target) => _targets is not null && _targets.Contains(target);
}

using System.Runtime.InteropServices;

namespace Gateway.DataPlane.Balancing;

/// <summary>One of the addresses that a target's name stands for.</summary>
/// <param name="Port">The SRV record's; null for the target's own.</param>
/// <param name="Weight">The SRV record's; null for the target's own.</param>
/// <param name="Name">The name that an SRV record leads to.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TargetAddress(string Ip, int? Port = null, int? Weight = null, string? Name = null);

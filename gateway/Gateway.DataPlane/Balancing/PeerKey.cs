using System.Runtime.InteropServices;

namespace Gateway.DataPlane.Balancing;

/// <param name="Target">The target as configured, <c>host:port</c>.</param>
/// <param name="Address">The address that it stands for, <c>ip:port</c>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PeerKey(string Target, string Address);

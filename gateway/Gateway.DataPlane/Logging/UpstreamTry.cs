using System.Runtime.InteropServices;

namespace Gateway.DataPlane.Logging;

/// <summary>One attempt at an upstream, as logs tell it.</summary>
/// <param name="Started">In ticks of the stopwatch.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UpstreamTry(string Host, int Port, long Started, bool Failed);

using System.Runtime.InteropServices;

namespace Gateway.DataPlane.Logging;

/// <summary>One attempt at an upstream, as logs tell it.</summary>
/// <param name="Started">How long after the request's arrival.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct UpstreamTry(string Host, int Port, TimeSpan Started, bool Failed);

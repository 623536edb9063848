using System.Runtime.InteropServices;

namespace Gateway.DataPlane.Pipeline;

/// <summary>What a request's time went to.</summary>
/// <param name="Total">From its arrival to the end of its response.</param>
/// <param name="Gateway">Until the gateway sent it on, or answered.</param>
/// <param name="Upstream">From sending it on to the head of the response; null where no upstream answered.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RequestDurations(TimeSpan Total, TimeSpan Gateway, TimeSpan? Upstream);

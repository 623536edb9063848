using System.Runtime.InteropServices;
using Gateway.DataPlane.Balancing;

namespace Gateway.DataPlane.Health;

/// <summary>What a probe found.</summary>
/// <param name="Failure">Null where there was an answer.</param>
/// <param name="Status">The HTTP status; 0 where a probe of another kind succeeded.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProbeResult(PeerFailure? Failure, int Status = 0)
{
    public static readonly ProbeResult Success = new(Failure: null);
}

using System.Runtime.InteropServices;

namespace Gateway.DataPlane.Forwarding.Http1;

[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClientBodyResult(ClientBodyOutcome Outcome, Exception? Failure = null);

using System.Runtime.InteropServices;

namespace Gateway.DataPlane.Forwarding;

/// <param name="Status">The status for the client, where its request was at fault.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TransportResult(TransportOutcome Outcome, Exception? Failure = null, int Status = 0)
{
    /// <summary>True where nothing of the request can have reached the upstream.</summary>
    public bool MayRetry =>
        Outcome is TransportOutcome.ConnectFailed or TransportOutcome.ConnectTimedOut or TransportOutcome.NameNotResolved;
}

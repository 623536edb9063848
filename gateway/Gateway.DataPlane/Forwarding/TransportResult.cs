using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;

namespace Gateway.DataPlane.Forwarding;

/// <param name="Fault">What was wrong with the client's request, where that was at fault.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TransportResult(TransportOutcome Outcome, Exception? Failure = null, BadHttpRequestException? Fault = null)
{
    /// <summary>True where nothing of the request can have reached the upstream.</summary>
    public bool MayRetry =>
        Outcome is TransportOutcome.ConnectFailed or TransportOutcome.ConnectTimedOut or TransportOutcome.NameNotResolved;
}

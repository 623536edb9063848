using Gateway.DataPlane.Pipeline;

namespace Gateway.DataPlane.Forwarding;

/// <summary>
/// Carries one request to one target and the answer back to the client. What surrounds an attempt (balancing, retries, error answers, accounting) is the same for
/// every transport; what it owes them: the response phase runs between the upstream's headers and the client's, time-outs are the service's, and a
/// result that may be retried leaves request and response untouched.
/// </summary>
internal interface IUpstreamTransport
{
    ValueTask<TransportResult> SendAsync(RequestContext context, UpstreamAttempt attempt);
}

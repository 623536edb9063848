namespace Gateway.DataPlane.Pipeline;

/// <summary>
/// A configured plugin: one object per version of its entity, shared by all requests, so it holds configuration and no request's state. What outlives
/// a change of configuration (counters, caches) lives in the <see cref="PluginStateStore"/>.
/// </summary>
/// <remarks>
/// Answering the client is a result (<see cref="GatewayResponse"/>), not an exception: an exception answers 500 on this request and is logged.
/// See docs/plugins/contract.md.
/// </remarks>
public abstract class PluginInstance(PluginPhases phases)
{
    public PluginPhases Phases { get; } = phases;

    public virtual ValueTask CertificateAsync(CertificateContext context) => ValueTask.CompletedTask;

    /// <returns>Null to go on, or the answer that ends the request.</returns>
    public virtual ValueTask<GatewayResponse?> RewriteAsync(RequestContext context) => default;

    /// <returns>Null to go on, or the answer that ends the request.</returns>
    public virtual ValueTask<GatewayResponse?> AccessAsync(RequestContext context) => default;

    /// <summary>May change status and headers of <c>context.Http.Response</c>. Runs for every answer, the gateway's own included.</summary>
    public virtual ValueTask ResponseAsync(RequestContext context) => ValueTask.CompletedTask;

    /// <summary>Sees the finished request. The connection's next request waits for it: hand longer work to a queue.</summary>
    public virtual ValueTask LogAsync(RequestContext context) => ValueTask.CompletedTask;
}

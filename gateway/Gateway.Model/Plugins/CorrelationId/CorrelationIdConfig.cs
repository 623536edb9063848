namespace Gateway.Model.Plugins.CorrelationId;

/// <summary>Kong's <c>correlation-id</c>: a header that follows a request through everything it touches.</summary>
public sealed record CorrelationIdConfig
{
    public string HeaderName { get; init; } = "Kong-Request-ID";

    /// <summary><c>uuid</c>, <c>uuid#counter</c> or <c>tracker</c>.</summary>
    public string Generator { get; init; } = "uuid#counter";

    /// <summary>Whether the client gets it back.</summary>
    public bool EchoDownstream { get; init; }
}

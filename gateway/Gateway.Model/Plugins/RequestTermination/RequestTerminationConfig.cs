namespace Gateway.Model.Plugins.RequestTermination;

/// <summary>Kong's <c>request-termination</c>: answers in place of the upstream.</summary>
public sealed record RequestTerminationConfig
{
    public int StatusCode { get; init; } = 503;

    /// <summary>Becomes <c>{"message": …}</c>. Not beside <see cref="Body"/> or <see cref="ContentType"/>.</summary>
    public string? Message { get; init; }
    public string? ContentType { get; init; }

    /// <summary>The whole body.</summary>
    public string? Body { get; init; }

    /// <summary>Whether the answer shows the request, for debugging.</summary>
    public bool Echo { get; init; }

    /// <summary>A header or query parameter that must be there for the request to be answered here; null for every request.</summary>
    public string? Trigger { get; init; }
}

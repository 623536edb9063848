namespace Gateway.Model.Plugins.RequestSizeLimiting;

/// <summary>Kong's <c>request-size-limiting</c>: how long a request's body may be.</summary>
public sealed record RequestSizeLimitingConfig
{
    /// <summary>In <see cref="SizeUnit"/>.</summary>
    public int AllowedPayloadSize { get; init; } = 128;

    /// <summary><c>megabytes</c> (1,048,576 bytes, as Kong counts), <c>kilobytes</c> (1,024 bytes) or <c>bytes</c>.</summary>
    public string SizeUnit { get; init; } = "megabytes";

    /// <summary>Whether a request that does not say how long it is gets 411.</summary>
    public bool RequireContentLength { get; init; }
}

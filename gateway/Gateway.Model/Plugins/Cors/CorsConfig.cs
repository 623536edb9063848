namespace Gateway.Model.Plugins.Cors;

/// <summary>Kong's <c>cors</c>: cross-origin resource sharing (the Fetch standard), decided here instead of in each upstream.</summary>
public sealed record CorsConfig
{
    /// <summary>
    /// Origins that may read responses: <c>*</c>, an origin (<c>https://app.example</c>) or a regular expression that covers a whole origin, or a whole host where it has no
    /// colon. Null and none mean <c>*</c>.
    /// </summary>
    public IReadOnlyList<string>? Origins { get; init; }

    /// <summary>Request headers that a preflight allows; null and none for those that it asks for.</summary>
    public IReadOnlyList<string>? Headers { get; init; }

    /// <summary>Response headers that scripts may read.</summary>
    public IReadOnlyList<string>? ExposedHeaders { get; init; }

    /// <summary>Methods that a preflight allows.</summary>
    public IReadOnlyList<string>? Methods { get; init; } = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

    /// <summary>Seconds for which browsers may remember a preflight's answer; null to leave it to them.</summary>
    public double? MaxAge { get; init; }

    /// <summary>Whether cookies and credentials may be sent along.</summary>
    public bool Credentials { get; init; }

    /// <summary>Whether pages of public networks may call into a private one.</summary>
    public bool PrivateNetwork { get; init; }

    /// <summary>Whether upstreams answer preflights themselves.</summary>
    public bool PreflightContinue { get; init; }

    /// <summary>Whether responses to requests without an Origin get the headers as well.</summary>
    public bool AllowOriginAbsent { get; init; } = true;
}

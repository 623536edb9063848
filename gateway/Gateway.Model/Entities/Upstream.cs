namespace Gateway.Model.Entities;

/// <summary>A virtual host name that a service may point at, balanced over its targets.</summary>
public sealed record Upstream : Entity
{
    public required string Name { get; init; }

    /// <summary><c>round-robin</c>, <c>least-connections</c>, <c>consistent-hashing</c> or <c>latency</c>; all by weight.</summary>
    public string Algorithm { get; init; } = "round-robin";

    /// <summary>
    /// What a request is hashed on: <c>none</c>, <c>consumer</c>, <c>ip</c>, <c>header</c>, <c>cookie</c>, <c>path</c>, <c>query_arg</c> or <c>uri_capture</c>.
    /// </summary>
    public string HashOn { get; init; } = "none";

    /// <summary>As <see cref="HashOn"/>, for requests that do not have what that names.</summary>
    public string HashFallback { get; init; } = "none";
    public string? HashOnHeader { get; init; }
    public string? HashFallbackHeader { get; init; }
    public string? HashOnCookie { get; init; }

    /// <summary>The path of the cookie that a request without one is given.</summary>
    public string HashOnCookiePath { get; init; } = "/";
    public string? HashOnQueryArg { get; init; }
    public string? HashFallbackQueryArg { get; init; }

    /// <summary>The name or number of a group in the route's regular expression.</summary>
    public string? HashOnUriCapture { get; init; }

    /// <inheritdoc cref="HashOnUriCapture"/>
    public string? HashFallbackUriCapture { get; init; }

    /// <summary>Of the hash ring, 10 to 65536.</summary>
    public int Slots { get; init; } = 10000;
    public Healthchecks Healthchecks { get; init; } = new();
    public string? HostHeader { get; init; }

    /// <summary>Whether the Host header is the name that an SRV record leads to, rather than the target's.</summary>
    public bool UseSrvName { get; init; }

    /// <summary>What the gateway presents to targets, where the service has none of its own.</summary>
    public EntityReference? ClientCertificate { get; init; }
}

namespace Gateway.Tunnel.Subscription;

/// <summary>A data plane's end of the configuration tunnel, as <c>/status</c> shows it. Immutable.</summary>
public sealed record SubscriptionStatus
{
    public static readonly SubscriptionStatus Initial = new();

    public bool Connected { get; init; }

    /// <summary><c>host:port</c> of the control plane we are, or were last, connected to.</summary>
    public string? ControlPlane { get; init; }

    public ConfigurationOrigin Origin { get; init; }

    /// <summary>The revision that requests see, null where there is none.</summary>
    public long? Revision { get; init; }

    /// <summary>Hash of what requests see, empty for none.</summary>
    public string Hash { get; init; } = "";

    /// <summary>When it was applied.</summary>
    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>Why the newest update that came was not applied; null where it was.</summary>
    public string? LastRefusal { get; init; }

    /// <summary>What the control plane holds against this instance, such as an incompatible version.</summary>
    public string? Notice { get; init; }

    /// <summary>Why the last attempt to connect failed, or the last stream ended; null while connected.</summary>
    public string? LastError { get; init; }

    /// <summary>Why the configuration is not on disk as it is applied; null where it is, or where nothing is kept.</summary>
    public string? CacheProblem { get; init; }
}

namespace Gateway.Model.Plugins.Canary;

/// <summary>Kong's <c>canary</c>: sends a share of the requests somewhere else, a fixed one or one that grows with time.</summary>
public sealed record CanaryConfig
{
    /// <summary>Unix seconds at which the share begins to grow; null for when the plugin was created. Ignored beside <see cref="Percentage"/>.</summary>
    public double? Start { get; init; }

    /// <summary>
    /// What decides where a caller goes, so that it stays there: <c>consumer</c>, <c>ip</c>, <c>header</c>, or <c>none</c> to draw for each request; <c>allow</c> and <c>deny</c> for
    /// <see cref="Groups"/>.
    /// </summary>
    public string Hash { get; init; } = "consumer";

    public string? HashHeader { get; init; }

    /// <summary>Groups of the <c>acl</c> plugin: with <c>allow</c> their consumers alone go to the canary, with <c>deny</c> all others, whatever the share.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Seconds until everyone goes to the canary.</summary>
    public double Duration { get; init; } = 3600;

    /// <summary>Into how many equal parts callers are divided, at least 2.</summary>
    public double Steps { get; init; } = 1000;

    /// <summary>0 to 100; null for a share that grows.</summary>
    public double? Percentage { get; init; }

    public string? UpstreamHost { get; init; }

    public int? UpstreamPort { get; init; }

    /// <summary>The whole path.</summary>
    public string? UpstreamUri { get; init; }

    /// <summary>Whether requests go where they went before while the canary cannot be reached.</summary>
    public bool UpstreamFallback { get; init; }

    /// <summary>A header with which clients choose: <c>always</c> or <c>never</c>.</summary>
    public string? CanaryByHeaderName { get; init; }
}

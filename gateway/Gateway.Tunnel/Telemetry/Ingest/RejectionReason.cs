namespace Gateway.Tunnel.Telemetry.Ingest;

/// <summary>Why a data point is not kept.</summary>
internal enum RejectionReason
{
    /// <summary>Increments: a repeated or lost export could not be told from them.</summary>
    Temporality,

    /// <summary>Neither a monotonic sum nor a histogram with explicit bounds.</summary>
    Kind,

    /// <summary>Values, times, names or attributes that cannot be.</summary>
    Malformed,

    /// <summary>The site has as many streams as it may have.</summary>
    Cardinality,
}

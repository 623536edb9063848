namespace Gateway.Model.Entities;

/// <summary>Probes that the data plane sends by itself.</summary>
public sealed record ActiveHealthcheck
{
    /// <summary><c>http</c>, <c>https</c>, <c>grpc</c>, <c>grpcs</c> or <c>tcp</c>.</summary>
    public string Type { get; init; } = "http";

    /// <summary>Seconds for a whole probe; 0 for no limit.</summary>
    public double Timeout { get; init; } = 1;

    /// <summary>Probes of one upstream at a time.</summary>
    public long Concurrency { get; init; } = 10;
    public string HttpPath { get; init; } = "/";

    /// <summary>Null for the name in the Host header.</summary>
    public string? HttpsSni { get; init; }
    public bool HttpsVerifyCertificate { get; init; } = true;

    /// <summary>Sent with each HTTP probe.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Headers { get; init; }
    public ActiveVerdict Healthy { get; init; } = new() { HttpStatuses = [200, 302] };
    public ActiveVerdict Unhealthy { get; init; } = new() { HttpStatuses = [429, 404, 500, 501, 502, 503, 504, 505] };
}

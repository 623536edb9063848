namespace Gateway.Model.Plugins.OpenSearchLog;

/// <summary>Sends a record of each request to OpenSearch, by its bulk API.</summary>
public sealed record OpenSearchLogConfig
{
    /// <summary>The domain, such as <c>https://search-x.eu-central-1.es.amazonaws.com</c>.</summary>
    public string Endpoint { get; init; } = string.Empty;

    /// <summary>A data stream's name. Null, and no index: <c>gateway-requests</c>.</summary>
    public string? DataStream { get; init; }

    /// <summary>An index's name, in place of a data stream.</summary>
    public string? Index { get; init; }

    /// <summary><c>aws</c> (Signature Version 4, default credential chain), <c>basic</c> or <c>none</c>.</summary>
    public string Auth { get; init; } = "aws";

    /// <summary>For <c>aws</c>.</summary>
    public string? Region { get; init; }

    /// <summary>For <c>aws</c>: <c>es</c> for OpenSearch Service, <c>aoss</c> for OpenSearch Serverless.</summary>
    public string Service { get; init; } = "es";

    /// <summary>For <c>basic</c>.</summary>
    public string? Username { get; init; }

    /// <inheritdoc cref="Username"/>
    public string? Password { get; init; }

    /// <summary><c>gzip</c> or <c>none</c>.</summary>
    public string Compression { get; init; } = "gzip";

    /// <summary>Bytes of one request before compression. OpenSearch Service takes 10 MiB with small instances ("Network quotas").</summary>
    public int MaxRequestBytes { get; init; } = 5 * 1024 * 1024;

    /// <summary>Milliseconds for one answer.</summary>
    public double Timeout { get; init; } = 10_000;

    /// <summary>Whether a missing index template and lifecycle policy are put there before the first record.</summary>
    public bool Setup { get; init; }

    /// <summary>Days that the lifecycle policy of <see cref="Setup"/> keeps records.</summary>
    public int RetentionDays { get; init; } = 30;

    /// <summary>A folder for records that cannot be sent; null to keep them in memory only.</summary>
    public string? BufferPath { get; init; }

    /// <summary>Bytes on disk at most; then the oldest records are dropped and counted.</summary>
    public long BufferMaxBytes { get; init; } = 256L * 1024 * 1024;

    public QueueConfig Queue { get; init; } = new() { MaxBatchSize = 500 };
}

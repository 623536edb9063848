namespace Gateway.Model.Plugins.HttpLog;

/// <summary>Kong's <c>http-log</c>: sends a record of each request to an HTTP server.</summary>
public sealed record HttpLogConfig
{
    /// <summary>An http or https URL; its user information becomes Basic authentication.</summary>
    public string HttpEndpoint { get; init; } = string.Empty;

    /// <summary><c>POST</c>, <c>PUT</c> or <c>PATCH</c>.</summary>
    public string Method { get; init; } = "POST";

    public string ContentType { get; init; } = "application/json";

    /// <summary>Milliseconds that one try may take.</summary>
    public double Timeout { get; init; } = 10000;

    /// <summary>Milliseconds that an idle connection is kept.</summary>
    public double Keepalive { get; init; } = 60000;

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public QueueConfig Queue { get; init; } = new();
}

namespace Gateway.Model.Plugins.OpenTelemetry;

/// <summary>Kong's <c>opentelemetry</c>: passes traces on, and sends spans to an OTLP receiver.</summary>
public sealed record OpenTelemetryConfig
{
    /// <summary>Where spans go, by OTLP over HTTP in protobuf, such as <c>http://collector:4318/v1/traces</c>.</summary>
    public string? TracesEndpoint { get; init; }

    /// <summary>The older name of <see cref="TracesEndpoint"/>.</summary>
    public string? Endpoint { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Beside <c>service.name</c> (kong, unless it is among them), <c>service.instance.id</c> and <c>service.version</c>.</summary>
    public IReadOnlyDictionary<string, string>? ResourceAttributes { get; init; }

    /// <summary>The share of traces that are recorded, 0 to 1; null for Kong's own default, 0.01.</summary>
    public double? SamplingRate { get; init; }

    /// <summary><c>parent_drop_probability_fallback</c>: a caller that does not record decides, otherwise the rate; <c>parent_probability_fallback</c>: a caller decides, otherwise the rate.</summary>
    public string SamplingStrategy { get; init; } = "parent_drop_probability_fallback";

    /// <summary><c>preserve</c>, <c>ignore</c>, <c>w3c</c>, <c>b3</c> or <c>b3-single</c>; where <see cref="Propagation"/> says nothing.</summary>
    public string HeaderType { get; init; } = "preserve";

    public PropagationConfig Propagation { get; init; } = new();

    /// <summary>A header of the response that tells the trace's id.</summary>
    public string? HttpResponseHeaderForTraceid { get; init; }

    /// <summary>Milliseconds.</summary>
    public double ConnectTimeout { get; init; } = 1000;

    /// <summary>Milliseconds.</summary>
    public double SendTimeout { get; init; } = 5000;

    /// <summary>Milliseconds.</summary>
    public double ReadTimeout { get; init; } = 5000;

    public QueueConfig Queue { get; init; } = new() { MaxBatchSize = 200 };
}

using System.Net;
using System.Net.Http.Headers;
using Gateway.DataPlane.Logging;
using Gateway.Model.Plugins.OpenTelemetry;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.OpenTelemetry;

/// <summary>Sends batches of spans by OTLP over HTTP, in protobuf. What the receiver refuses for good is dropped and counted (OTLP 1.0, "OTLP/HTTP Response").</summary>
internal sealed class TraceExporter
{
    private const string Plugin = "opentelemetry";

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(StringComparer.Ordinal);

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly OpenTelemetryConfig _config;
    private readonly byte[] _resource;
    private readonly byte[] _scope;
    private readonly PluginLogging _logging;
    private readonly ILogger _logger;

    /// <param name="http">Lives as long as there are spans to send; its idle connections end by themselves.</param>
    public TraceExporter(OpenTelemetryConfig config, HttpClient http, PluginLogging logging, ILogger logger)
    {
        _config = config;
        _http = http;
        _logging = logging;
        _logger = logger;
        _endpoint = new Uri(config.TracesEndpoint ?? config.Endpoint!);
        var version = typeof(TraceExporter).Assembly.GetName().Version?.ToString(3) ?? string.Empty;
        _resource = Resource(config, version);
        var scope = new ProtobufWriter();
        scope.Text(1, "kong-internal");
        scope.Text(2, "0.1.0");
        _scope = scope.ToArray();
    }

    public static HttpClient CreateHttp(OpenTelemetryConfig config) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromMilliseconds(Math.Max(1, config.ConnectTimeout)),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = TimeSpan.FromMilliseconds(Math.Max(1, config.SendTimeout + config.ReadTimeout)),
    };

    public async ValueTask<SendOutcome> SendAsync(IReadOnlyList<byte[]> batch, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = new ByteArrayContent(Encode(batch)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        foreach (var (name, value) in _config.Headers ?? Nothing)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return new SendOutcome(null);
            }

            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
            {
                return new SendOutcome($"{_endpoint.Host} answered {(int)response.StatusCode}", RetryAfter: response.Headers.RetryAfter?.Delta);
            }

            _logging.CountDropped(Plugin, "refused", batch.Count);
            OpenTelemetryLog.Refused(_logger, _endpoint.Host, (int)response.StatusCode, batch.Count);
            return new SendOutcome(null);
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return new SendOutcome($"{_endpoint.Host}: {(failure is OperationCanceledException ? "no answer in time" : failure.Message)}");
        }
    }

    private byte[] Encode(IReadOnlyList<byte[]> batch)
    {
        var scopeSpans = new ProtobufWriter();
        scopeSpans.Bytes(1, _scope);
        foreach (var spans in batch)
        {
            scopeSpans.Raw(spans);
        }

        var resourceSpans = new ProtobufWriter();
        resourceSpans.Bytes(1, _resource);
        resourceSpans.Message(2, scopeSpans);
        var export = new ProtobufWriter();
        export.Message(1, resourceSpans);
        return export.ToArray();
    }

    private static byte[] Resource(OpenTelemetryConfig config, string version)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["service.name"] = "kong",
            ["service.version"] = version,
            ["service.instance.id"] = Guid.NewGuid().ToString(),
        };
        foreach (var (name, value) in config.ResourceAttributes ?? Nothing)
        {
            attributes[name] = value;
        }

        var resource = new ProtobufWriter();
        foreach (var (name, value) in attributes)
        {
            resource.Message(1, SpanWriter.KeyValue(name, value));
        }

        return resource.ToArray();
    }
}

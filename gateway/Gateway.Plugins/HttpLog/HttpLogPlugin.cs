using System.Net.Http.Headers;
using System.Text;
using Gateway.DataPlane.Logging;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.HttpLog;

namespace Gateway.Plugins.HttpLog;

/// <summary>Kong's <c>http-log</c>: records go to an HTTP server, one by one or, where batches are longer than one, as JSON arrays.</summary>
internal sealed class HttpLogPlugin : PluginInstance
{
    private readonly PluginLogging _logging;
    private readonly LogQueue _queue;
    private readonly HttpClient _client;
    private readonly HttpLogConfig _config;
    private readonly Uri _endpoint;
    private readonly string _host;
    private readonly AuthenticationHeaderValue? _authorization;

    /// <param name="client">Lives as long as there are records to send, which may be longer than the plugin is configured; its idle connections end by themselves.</param>
    public HttpLogPlugin(HttpLogConfig config, PluginLogging logging, HttpClient client)
        : base(new PluginPhases { Log = PhaseMode.Inline })
    {
        _config = config;
        _logging = logging;
        var url = new UriBuilder(config.HttpEndpoint);
        if (url.UserName.Length > 0)
        {
            var credentials = $"{Uri.UnescapeDataString(url.UserName)}:{Uri.UnescapeDataString(url.Password)}";
            _authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
            url.UserName = url.Password = string.Empty;
        }

        _endpoint = url.Uri;
        _host = $"{_endpoint.Host}:{_endpoint.Port}";
        _client = client;
        _queue = logging.CreateQueue("http-log", config.Queue, SendAsync);
    }

    public static HttpClient CreateClient(HttpLogConfig config) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionIdleTimeout = TimeSpan.FromMilliseconds(config.Keepalive),
    })
    {
        Timeout = TimeSpan.FromMilliseconds(config.Timeout),
    };

    public override ValueTask LogAsync(RequestContext context)
    {
        _queue.Add(_logging.Serialize(context));
        return ValueTask.CompletedTask;
    }

    private async ValueTask<string?> SendAsync(IReadOnlyList<byte[]> batch, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(_config.Method), _endpoint);
        request.Content = new ByteArrayContent(_config.Queue.MaxBatchSize == 1 ? batch[0] : Join(batch));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", _config.ContentType);
        request.Headers.Authorization = _authorization;
        if (_config.Headers is { } headers)
        {
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode ? null : $"request to {_host} returned status code {(int)response.StatusCode}";
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            return $"failed request to {_host}: {(failure is OperationCanceledException ? "timeout" : failure.Message)}";
        }
    }

    private static byte[] Join(IReadOnlyList<byte[]> batch)
    {
        var array = new MemoryStream();
        array.WriteByte((byte)'[');
        for (var i = 0; i < batch.Count; i++)
        {
            if (i > 0)
            {
                array.WriteByte((byte)',');
            }

            array.Write(batch[i]);
        }

        array.WriteByte((byte)']');
        return array.ToArray();
    }
}

using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Gateway.DataPlane.Logging;
using Gateway.Model.Plugins.OpenSearchLog;
using Gateway.Plugins.Aws;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.OpenSearchLog;

/// <summary>OpenSearch's bulk API: what of a batch was refused for good is dropped and counted, what was refused for now is all that is sent again.</summary>
internal sealed class BulkClient
{
    private const string Plugin = "opensearch-log";
    private const string DefaultDataStream = "gateway-requests";

    // A data stream takes nothing but new documents; by this an index gets none twice either.
    private const string Action = "create";

    private const int MaximumAnswer = 64 * 1024 * 1024;

    private readonly OpenSearchLogConfig _config;
    private readonly PluginLogging _logging;
    private readonly ILogger _logger;
    private readonly HttpClient _http;
    private readonly Uri _bulk;
    private readonly IndexSetup? _setup;

    /// <param name="http">Lives as long as there are records to send, which may be longer than the plugin is configured; its idle connections end by themselves.</param>
    public BulkClient(OpenSearchLogConfig config, PluginLogging logging, ILogger logger, HttpClient http)
    {
        _config = config;
        _logging = logging;
        _logger = logger;
        _http = http;
        var target = config.Index ?? config.DataStream ?? DefaultDataStream;
        _bulk = new Uri(new Uri(config.Endpoint), $"/{target}/_bulk");
        _setup = config.Setup ? new IndexSetup(_http, target, isDataStream: config.Index is null, config.RetentionDays) : null;
    }

    public static HttpClient CreateHttp(OpenSearchLogConfig config)
    {
        var transport = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        var http = new HttpClient(config.Auth == "aws" ? SignedRequests.Through(transport, config.Service, config.Region!) : transport)
        {
            BaseAddress = new Uri(config.Endpoint),
            Timeout = TimeSpan.FromMilliseconds(config.Timeout),
            MaxResponseContentBufferSize = MaximumAnswer,
        };
        if (config.Auth == "basic")
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{config.Username}:{config.Password}")));
        }

        return http;
    }

    public async ValueTask<SendOutcome> SendAsync(IReadOnlyList<byte[]> batch, CancellationToken cancellationToken)
    {
        try
        {
            if (_setup is not null && await _setup.EnsureAsync(cancellationToken) is { } missing)
            {
                return new SendOutcome(missing);
            }

            var again = new List<byte[]>();
            SendOutcome? failed = null;
            foreach (var part in Parts(batch))
            {
                if (failed is not null)
                {
                    // It would fail as well.
                    again.AddRange(part);
                    continue;
                }

                var outcome = await SendPartAsync(part, cancellationToken);
                if (outcome.Problem is not null)
                {
                    failed = outcome;
                    again.AddRange(outcome.Again ?? part);
                }
            }

            return failed is null ? new SendOutcome(null) : failed with { Again = again };
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or AmazonClientException or JsonException)
        {
            return new SendOutcome($"{_bulk.Host}: {(failure is OperationCanceledException ? "no answer in time" : failure.Message)}");
        }
    }

    // As many records as a request may have bytes.
    private IEnumerable<List<byte[]>> Parts(IReadOnlyList<byte[]> batch)
    {
        var part = new List<byte[]>();
        long size = 0;
        foreach (var document in batch)
        {
            var length = document.Length + ActionLength + 2;
            if (length > _config.MaxRequestBytes)
            {
                _logging.CountDropped(Plugin, "too_large", 1);
                OpenSearchLogLog.TooLarge(_logger, document.Length);
                continue;
            }

            if (size + length > _config.MaxRequestBytes)
            {
                yield return part;
                part = [];
                size = 0;
            }

            part.Add(document);
            size += length;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private static int ActionLength => Action.Length + LogDocument.IdLength + """{"":{"_id":""}}""".Length;

    private async Task<SendOutcome> SendPartAsync(List<byte[]> part, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _bulk) { Content = Content(part) };
        using var response = await _http.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestEntityTooLarge)
        {
            return await SendHalvesAsync(part, cancellationToken);
        }

        if (!response.IsSuccessStatusCode)
        {
            return new SendOutcome($"{_bulk.Host} answered {(int)response.StatusCode}", RetryAfter: response.Headers.RetryAfter?.Delta);
        }

        using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        return Read(answer.RootElement, part);
    }

    private async Task<SendOutcome> SendHalvesAsync(List<byte[]> part, CancellationToken cancellationToken)
    {
        if (part.Count == 1)
        {
            _logging.CountDropped(Plugin, "too_large", 1);
            OpenSearchLogLog.TooLarge(_logger, part[0].Length);
            return new SendOutcome(null);
        }

        var half = part.Count / 2;
        var first = await SendPartAsync(part[..half], cancellationToken);
        if (first.Problem is not null && first.Again is null)
        {
            return first with { Again = part };
        }

        var second = await SendPartAsync(part[half..], cancellationToken);
        return first.Problem is null && second.Problem is null
            ? second
            : new SendOutcome(second.Problem ?? first.Problem, [.. first.Problem is null ? [] : first.Again!, .. second.Problem is null ? [] : second.Again ?? part[half..]], second.RetryAfter);
    }

    private SendOutcome Read(JsonElement answer, List<byte[]> part)
    {
        if (answer.TryGetProperty("errors", out var errors) && errors.ValueKind is JsonValueKind.False)
        {
            return new SendOutcome(null);
        }

        if (!answer.TryGetProperty("items", out var items) || items.ValueKind is not JsonValueKind.Array || items.GetArrayLength() != part.Count)
        {
            return new SendOutcome($"{_bulk.Host} did not answer as the bulk API does");
        }

        var again = new List<byte[]>();
        var refused = 0;
        string? reason = null;
        for (var i = 0; i < part.Count; i++)
        {
            var item = items[i].EnumerateObject().First().Value;
            var status = item.GetProperty("status").GetInt32();

            // 409: an earlier try has brought it there, though its answer never came.
            if (status is 429 or >= 500)
            {
                again.Add(part[i]);
            }
            else if (status is >= 300 and not 409)
            {
                refused++;
                reason ??= item.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.Object && error.TryGetProperty("type", out var type) ? type.GetString() : $"status {status}";
            }
        }

        if (refused > 0)
        {
            _logging.CountDropped(Plugin, "refused", refused);
            OpenSearchLogLog.Refused(_logger, refused, reason!);
        }

        return again.Count == 0 ? new SendOutcome(null) : new SendOutcome($"{_bulk.Host} is too busy for {again.Count} of {part.Count} records", again);
    }

    private ByteArrayContent Content(List<byte[]> part)
    {
        using var buffer = new MemoryStream();
        using (var body = _config.Compression == "gzip" ? new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true) : (Stream)new BufferedStream(buffer))
        {
            var before = Encoding.ASCII.GetBytes($"{{\"{Action}\":{{\"_id\":\"");
            foreach (var document in part)
            {
                body.Write(before);
                body.Write(LogDocument.Id(document));
                body.Write("\"}}\n"u8);
                body.Write(LogDocument.Json(document));
                body.Write("\n"u8);
            }

            body.Flush();
            return Finish(body, buffer);
        }
    }

    private static ByteArrayContent Finish(Stream body, MemoryStream buffer)
    {
        // The compressed form ends when its stream is closed.
        var isCompressed = body is GZipStream;
        if (isCompressed)
        {
            body.Dispose();
        }

        var content = new ByteArrayContent(buffer.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        if (isCompressed)
        {
            content.Headers.ContentEncoding.Add("gzip");
        }

        return content;
    }
}

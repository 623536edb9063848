using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;
using Hybrid.Testing;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Tests.OpenSearchLog;

/// <summary>A stand-in for OpenSearch that is stricter than it: form, size and signature must be right, and no document is taken twice.</summary>
internal sealed class BulkTarget : IAsyncDisposable
{
    public const string KeyId = "AKIDEXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentDictionary<string, JsonObject> _stored = new();
    private readonly ConcurrentDictionary<string, JsonObject> _documents = new();
    private readonly ConcurrentQueue<string> _order = new();
    private RunningUpstream _server = null!;

    public string Url => _server.Url.AbsoluteUri.TrimEnd('/');

    public int Port => _server.Url.Port;

    /// <summary>How many requests are answered so before any is taken.</summary>
    public ConcurrentQueue<HttpStatusCode> Refusals { get; } = new();

    /// <summary>Answers nothing else than this, as long as it is set.</summary>
    public HttpStatusCode? Always { get; set; }

    /// <summary>The status of one document: by its number among all that ever came, from 1.</summary>
    public Func<int, JsonObject, int> StatusOf { get; set; } = static (_, _) => 201;

    public int MaximumBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Whether requests must be signed for <c>es</c> in <c>eu-central-1</c>.</summary>
    public bool Signed { get; set; }

    public string? Authorization { get; set; }

    /// <summary>Takes the batch, and does not answer.</summary>
    public bool Swallows { get; set; }

    public int Seen => _seen;

    /// <summary>Methods and paths.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>What was not as OpenSearch wants it.</summary>
    public IReadOnlyList<string> Problems => [.. _problems];

    /// <summary>The documents, as they came to be there.</summary>
    public IReadOnlyList<JsonObject> Documents => [.. _order.Select(id => _documents[id])];

    public IReadOnlyDictionary<string, JsonObject> Stored => _stored;

    private int _seen;

    public static async Task<BulkTarget> StartAsync(int port = 0)
    {
        var target = new BulkTarget();
        target._server = await RunningUpstream.StartAsync(target.AnswerAsync, port: port);
        return target;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var copy = new MemoryStream();
        await http.Request.Body.CopyToAsync(copy);
        var body = copy.ToArray();
        _requests.Enqueue($"{http.Request.Method} {http.Request.Path}");
        if (Signed && SignatureVersion4.Problem(http.Request, body, KeyId, Secret, "eu-central-1", "es") is { } problem)
        {
            _problems.Enqueue(problem);
            http.Response.StatusCode = 403;
            return;
        }

        if (Authorization is not null && http.Request.Headers.Authorization != Authorization)
        {
            http.Response.StatusCode = 401;
            return;
        }

        if (Always is { } always || Refusals.TryDequeue(out always))
        {
            http.Response.StatusCode = (int)always;
            return;
        }

        if (!http.Request.Path.Value!.EndsWith("/_bulk", StringComparison.Ordinal))
        {
            await AdministerAsync(http, body);
            return;
        }

        if (http.Request.Headers.ContentEncoding == "gzip")
        {
            using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
            using var plain = new MemoryStream();
            await gzip.CopyToAsync(plain);
            body = plain.ToArray();
        }

        if (body.Length > MaximumBytes)
        {
            http.Response.StatusCode = 413;
            return;
        }

        var answer = Take(http.Request, Encoding.UTF8.GetString(body));
        if (Swallows)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = answer is null ? 400 : 200;
        await http.Response.WriteAsJsonAsync(answer ?? []);
    }

    private async Task AdministerAsync(HttpContext http, byte[] body)
    {
        var path = http.Request.Path.Value!;
        if (HttpMethods.IsPut(http.Request.Method))
        {
            _stored[path] = JsonNode.Parse(body)!.AsObject();
        }

        http.Response.StatusCode = _stored.ContainsKey(path) ? 200 : 404;
        await http.Response.WriteAsJsonAsync(_stored.GetValueOrDefault(path) ?? []);
    }

    // Null where OpenSearch would refuse the request as a whole.
    private JsonObject? Take(HttpRequest request, string body)
    {
        var lines = body.Split('\n');
        if (request.ContentType != "application/x-ndjson" || lines[^1].Length > 0 || lines.Length % 2 == 0)
        {
            _problems.Enqueue($"{request.ContentType}: {lines.Length} lines");
            return null;
        }

        var items = new JsonArray();
        var errors = false;
        for (var i = 0; i + 1 < lines.Length; i += 2)
        {
            var action = JsonNode.Parse(lines[i])!.AsObject();
            var document = JsonNode.Parse(lines[i + 1])!.AsObject();
            if (action.Count != 1 || action["create"]?["_id"] is not { } id || document["@timestamp"] is null)
            {
                _problems.Enqueue(lines[i]);
                return null;
            }

            var status = StatusOf(Interlocked.Increment(ref _seen), document);
            if (status == 201 && !_documents.TryAdd((string)id!, document))
            {
                status = 409;
            }
            else if (status == 201)
            {
                _order.Enqueue((string)id!);
            }

            errors |= status >= 300;
            var item = new JsonObject { ["_id"] = id.DeepClone(), ["status"] = status };
            if (status >= 300)
            {
                item["error"] = new JsonObject { ["type"] = status == 429 ? "rejected_execution_exception" : "mapper_parsing_exception", ["reason"] = "failed to parse: secret" };
            }

            items.Add(new JsonObject { ["create"] = item });
        }

        return new JsonObject { ["took"] = 1, ["errors"] = errors, ["items"] = items };
    }
}

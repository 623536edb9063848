using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Tests.Hosting.Support;
using Hybrid.Testing;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Tests.AwsLambda;

/// <summary>A stand-in for Lambda's Invoke API that recomputes signatures and knows nothing but that operation.</summary>
internal sealed class FunctionEndpoint : IAsyncDisposable
{
    public const string KeyId = "AKIDEXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private readonly ConcurrentQueue<JsonNode> _payloads = new();
    private RunningUpstream _server = null!;

    public int Port => _server.Url.Port;

    public IReadOnlyList<JsonNode> Payloads => [.. _payloads];

    public string? LastTarget => _server.LastTarget;

    /// <summary>The function: its result, and whether it failed.</summary>
    public Func<JsonNode, (string Result, bool IsFailed)> Function { get; set; } = static payload => (payload.ToJsonString(), false);

    /// <summary>How Lambda refuses to invoke it; null where it does not.</summary>
    public int? Refusal { get; set; }

    /// <summary>Answers when this ends.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public static async Task<FunctionEndpoint> StartAsync()
    {
        var endpoint = new FunctionEndpoint();
        endpoint._server = await RunningUpstream.StartAsync(endpoint.AnswerAsync);
        return endpoint;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var copy = new MemoryStream();
        await http.Request.Body.CopyToAsync(copy);
        var body = copy.ToArray();
        var type = http.Request.Headers["X-Amz-Invocation-Type"].ToString();
        if (SignatureVersion4.Problem(http.Request, body, KeyId, Secret, "eu-central-1", "lambda") is { } problem)
        {
            http.Response.Headers["X-Amzn-ErrorType"] = "InvalidSignatureException:";
            http.Response.StatusCode = 403;
            await http.Response.WriteAsJsonAsync(new JsonObject { ["message"] = problem });
            return;
        }

        if (Refusal is { } refusal || type is not ("RequestResponse" or "Event" or "DryRun"))
        {
            http.Response.StatusCode = Refusal ?? 400;
            return;
        }

        var payload = JsonNode.Parse(body)!;
        _payloads.Enqueue(payload);
        await Gate;
        http.Response.Headers["x-amzn-RequestId"] = "invocation-1";
        http.Response.StatusCode = type switch { "Event" => 202, "DryRun" => 204, _ => 200 };
        if (type == "RequestResponse")
        {
            var (result, isFailed) = Function(payload);
            if (isFailed)
            {
                http.Response.Headers["X-Amz-Function-Error"] = "Unhandled";
            }

            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(result);
        }
    }
}

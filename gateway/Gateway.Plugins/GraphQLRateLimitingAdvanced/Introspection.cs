using System.Net.Http.Headers;
using System.Text.Json;
using Gateway.DataPlane.Forwarding;
using Gateway.DataPlane.Pipeline;

namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

/// <summary>Asks a service for its schema, where Kong does: at the service's own path.</summary>
internal sealed class Introspection(IServiceClient client, bool passesAllHeaders)
{
    private const string DefaultPath = "/graphql";
    private const long LongestAnswer = 16 * 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // Of one connection, of the client's body, or of what the client accepts; X-Forwarded and the like would be the client's word.
    private static readonly string[] NotPassed =
    [
        "Host", "Connection", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect", "Range", "Accept", "Accept-Encoding",
        "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range",
    ];

    /// <summary>The question, taken from a request: it may be asked when that is over.</summary>
    public Func<Task<UpstreamSchema>> Prepare(RequestContext context)
    {
        var address = context.ServiceAddress ?? throw new InvalidOperationException("The request has no service.");
        var path = context.Service?.Path is { Length: > 1 } own ? own : DefaultPath;
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in context.Http.Request.Headers)
        {
            if (passesAllHeaders ? IsPassed(name) : string.Equals(name, "Authorization", StringComparison.OrdinalIgnoreCase))
            {
                headers.AddRange(values.Select(value => KeyValuePair.Create(name, value ?? string.Empty)));
            }
        }

        return () => AskAsync(address, path, headers);
    }

    private static bool IsPassed(string name) =>
        !NotPassed.Contains(name, StringComparer.OrdinalIgnoreCase)
        && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase);

    private async Task<UpstreamSchema> AskAsync(ServiceAddress address, string path, List<KeyValuePair<string, string>> headers)
    {
        using var cancellation = new CancellationTokenSource(Limit);
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(StringComparer.Ordinal) { ["query"] = UpstreamSchema.Question })),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.ParseAdd("application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(address, request, path, cancellation.Token);
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellation.Token);
        return UpstreamSchema.Read(JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellation.Token)));
    }
}

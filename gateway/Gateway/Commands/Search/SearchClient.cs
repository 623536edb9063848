using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Gateway.Plugins.Aws;

namespace Gateway.Commands.Search;

/// <summary>OpenSearch's REST API with signed requests. A domain that is not there yet is waited for; what is tried again is read anew first, so that nothing is written twice.</summary>
internal sealed class SearchClient : IDisposable
{
    /// <summary>Others write too, but not without end.</summary>
    private const int MostConflicts = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly TextWriter _log;
    private readonly long _started;

    /// <param name="patience">How long the domain may be away, in all.</param>
    /// <param name="log">Where waiting is told.</param>
    public SearchClient(Uri endpoint, string region, TimeSpan patience, TimeProvider time, TextWriter log)
    {
        _http = new HttpClient(SignedRequests.Through(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }, "es", region))
        {
            BaseAddress = endpoint,
            Timeout = TimeSpan.FromSeconds(30),
        };
        _patience = patience;
        _time = time;
        _log = log;
        _started = time.GetTimestamp();
    }

    /// <summary>Makes one definition what the file says.</summary>
    /// <exception cref="CommandException">The domain refuses, is away for too long, or someone else goes on changing the same.</exception>
    public async Task<SearchChange> ApplyAsync(SearchItem item, CancellationToken cancellationToken)
    {
        var conflicts = 0;
        var delay = FirstDelay;
        string? told = null;
        while (true)
        {
            var (change, away) = await TryAsync(item, cancellationToken);
            if (change is { } made)
            {
                return made;
            }

            if (away is null)
            {
                if (++conflicts == MostConflicts)
                {
                    throw new CommandException($"{item}: someone else changes it at the same time; gave up after {MostConflicts} tries");
                }

                continue;
            }

            if (_time.GetElapsedTime(_started) + delay > _patience)
            {
                throw new CommandException($"{_http.BaseAddress}: {away}; gave up after {_patience.TotalSeconds:0} s (--wait)");
            }

            if (away != told)
            {
                await _log.WriteLineAsync($"gateway: {_http.BaseAddress}: {away}; trying again for {_patience.TotalSeconds:0} s");
                told = away;
            }

            await Task.Delay(delay, _time, cancellationToken);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    public void Dispose() => _http.Dispose();

    private static JsonObject Stored(SearchItem item, JsonObject answer) =>
        item.Kind.Read(answer, item.Name) ?? throw new CommandException($"{item}: the domain's answer holds none; allowed: OpenSearch 2 or 3 with its security and index management plugins");

    /// <returns>What was done; or why the domain is away; or neither, where someone else was faster.</returns>
    private async Task<(SearchChange? Change, string? Away)> TryAsync(SearchItem item, CancellationToken cancellationToken)
    {
        var (found, away) = await SendAsync(item, HttpMethod.Get, item.Path, body: null, cancellationToken);
        if (found is not { } read)
        {
            return (null, away);
        }

        var isNew = read.Status is HttpStatusCode.NotFound;
        if (!isNew && SearchComparison.Holds(item.Kind.Normalize(Stored(item, read.Body)), item.Kind.Normalize(item.Body)))
        {
            return (SearchChange.None, null);
        }

        var path = !isNew && item.Kind.Revision(read.Body) is { } revision ? $"{item.Path}?{revision}" : item.Path;
        var (written, gone) = await SendAsync(item, HttpMethod.Put, path, item.Kind.Wrap((JsonObject)item.Body.DeepClone()), cancellationToken);
        return written is not { } answer ? (null, gone)
            : answer.Status is HttpStatusCode.Conflict ? (null, null)
            : (isNew ? SearchChange.Created : SearchChange.Updated, null);
    }

    /// <returns>The status, which is a success, or 404 for GET, or 409 for PUT, and the body; or why the domain is away.</returns>
    private async Task<((HttpStatusCode Status, JsonObject Body)? Answer, string? Away)> SendAsync(
        SearchItem item, HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.OK or HttpStatusCode.Created => ((response.StatusCode, Parse(text) ?? throw new CommandException($"{item}: the domain answers no JSON object; allowed: the address of an OpenSearch domain")), null),
                HttpStatusCode.NotFound when method == HttpMethod.Get => ((response.StatusCode, []), null),
                HttpStatusCode.Conflict when method == HttpMethod.Put => ((response.StatusCode, []), null),
                HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => (null, $"answers {(int)response.StatusCode}"),
                _ => throw new CommandException($"{item}: the domain refused {method} ({(int)response.StatusCode}): {Reason(text)}"),
            };
        }
        catch (HttpRequestException problem)
        {
            return (null, $"does not answer ({problem.Message.TrimEnd('.')})");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, "does not answer in time");
        }
        catch (AmazonClientException problem)
        {
            throw new CommandException($"no AWS credentials to sign with ({OneLine(problem.Message)}); allowed: AWS's default chain, such as EKS Pod Identity or AWS_ACCESS_KEY_ID");
        }
    }

    // OpenSearch says it as error.reason, its security plugin as message, the service before it as Message.
    private static string Reason(string text)
    {
        var body = Parse(text);
        return body switch
        {
            { } when body["error"] is JsonObject error && error["reason"] is JsonValue reason => OneLine(reason.ToString()),
            { } when (body["message"] ?? body["Message"] ?? body["reason"]) is JsonValue message => OneLine(message.ToString()),
            _ => "no reason given",
        };
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

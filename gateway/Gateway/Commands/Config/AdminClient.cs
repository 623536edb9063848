using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Commands.Admin;
using Gateway.Model;
using Gateway.Model.Declarative;

namespace Gateway.Commands.Config;

/// <summary>
/// Loads a configuration through an Admin API, which may be starting. A load changes nothing the second time, so that it can be repeated whenever an answer is missing.
/// </summary>
internal sealed class AdminClient : IDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly TextWriter _log;

    /// <param name="patience">How long the Admin API may take to answer at all.</param>
    /// <param name="log">Where waiting is told.</param>
    public AdminClient(AdminAddress admin, TimeSpan patience, TimeProvider time, TextWriter log)
    {
        _patience = patience;
        _time = time;
        _log = log;

        // A large configuration takes its time; that nobody is there is seen when connecting.
        _http = admin.CreateClient(TimeSpan.FromMinutes(10));
    }

    /// <exception cref="CommandException">The control plane refuses the files, or does not answer.</exception>
    public Task<LoadAnswer> LoadAsync(DeclarativeFiles files, string query, CancellationToken cancellationToken) => AskAsync(
        () => new HttpRequestMessage(HttpMethod.Post, $"config?{query}") { Content = new StringContent(files.Text, Encoding.UTF8, "application/json") },
        ReadLoad,
        files.Locate,
        cancellationToken);

    /// <summary>The configuration as a declarative file, or the part of it that has certain tags.</summary>
    /// <exception cref="CommandException">The control plane refuses, or does not answer.</exception>
    public Task<JsonObject> DumpAsync(IReadOnlyList<string> selectTags, bool withSecrets, CancellationToken cancellationToken)
    {
        var path = "config/dump" + (selectTags.Count > 0 ? $"?select_tags={Uri.EscapeDataString(string.Join(',', selectTags))}" : "");
        return AskAsync(
            () => withSecrets
                ? new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("""{"with_secrets":true}""", Encoding.UTF8, "application/json") }
                : new HttpRequestMessage(HttpMethod.Get, path),
            text => Parse(text) is { } file && file.ContainsKey("_format_version") ? file : throw NoAdminApi("answers"),
            error => error,
            cancellationToken);
    }

    private async Task<T> AskAsync<T>(Func<HttpRequestMessage> request, Func<string, T> read, Func<ModelError, ModelError> locate, CancellationToken cancellationToken)
        where T : class
    {
        var started = _time.GetTimestamp();
        var delay = FirstDelay;
        string? told = null;
        while (true)
        {
            var (answer, away) = await TryAsync(request, read, locate, cancellationToken);
            if (answer is not null)
            {
                return answer;
            }

            if (_time.GetElapsedTime(started) + delay > _patience)
            {
                throw new CommandException($"{_http.BaseAddress}: {away}; gave up after {_patience.TotalSeconds:0} s (--wait)");
            }

            if (away != told)
            {
                await _log.WriteLineAsync($"gateway: {_http.BaseAddress}: {away}; trying again for {_patience.TotalSeconds:0} s");
                told = away;
            }

            // With jitter: several that wait for the same control plane do not come at once.
#pragma warning disable CA5394
            await Task.Delay(delay * (0.5 + (Random.Shared.NextDouble() / 2)), _time, cancellationToken);
#pragma warning restore CA5394
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(T? Answer, string? Away)> TryAsync<T>(
        Func<HttpRequestMessage> request, Func<string, T> read, Func<ModelError, ModelError> locate, CancellationToken cancellationToken)
        where T : class
    {
        using var message = request();
        try
        {
            using var response = await _http.SendAsync(message, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.OK or HttpStatusCode.Created => (read(text), null),
                HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => (null, $"answers {(int)response.StatusCode} ({Message(text)})"),
                _ => throw Refused(locate, response.StatusCode, text),
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
    }

    private LoadAnswer ReadLoad(string text) =>
        Parse(text) is { } answer && answer["revision"] is JsonValue revision && answer["changes"] is JsonValue changes
            ? new LoadAnswer((long)revision, (int)changes, [.. (answer["diff"] as JsonArray ?? []).OfType<JsonObject>()])
            : throw NoAdminApi("answers");

    private CommandException NoAdminApi(string answer) => new($"--admin-url: {_http.BaseAddress} {answer}, but is no Admin API of this gateway");

    private CommandException Refused(Func<ModelError, ModelError> locate, HttpStatusCode status, string text)
    {
        if (Parse(text) is not { } body)
        {
            return NoAdminApi($"answers {(int)status}");
        }

        var errors = (body["errors"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(error => locate(new ModelError((string?)error["field"] ?? ModelError.Entity, (string?)error["problem"] ?? "", (string?)error["allowed"])))
            .ToList();
        return errors.Count > 0 ? new ConfigErrors(errors) : new CommandException($"the control plane refused it ({(int)status}): {Message(text)}");
    }

    private static string Message(string text) => (string?)Parse(text)?["message"] ?? "no reason given";

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

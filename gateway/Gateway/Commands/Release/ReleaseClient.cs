using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Commands.Admin;

namespace Gateway.Commands.Release;

/// <summary>The releases of an Admin API.</summary>
internal sealed class ReleaseClient : IDisposable
{
    private const string Path = "clustering/releases";

    private readonly HttpClient _http;

    public ReleaseClient(AdminAddress address) => _http = address.CreateClient(TimeSpan.FromSeconds(30));

    public Task<JsonObject> StatusAsync(CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, Path, body: null, cancellationToken);

    /// <param name="move">Such as <c>promote</c>.</param>
    /// <returns>Where the releases stand after it.</returns>
    public Task<JsonObject> MoveAsync(string move, JsonObject body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, $"{Path}/{move}", body, cancellationToken);

    public void Dispose() => _http.Dispose();

    /// <exception cref="CommandException">It does not answer, or it refuses; the message is its own.</exception>
    private async Task<JsonObject> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            using var response = await _http.SendAsync(request, cancellationToken);
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken)) as JsonObject;
            if (!response.IsSuccessStatusCode || answer is null)
            {
                throw new CommandException((string?)answer?["message"] ?? $"{_http.BaseAddress} answered {(int)response.StatusCode}");
            }

            return answer;
        }
        catch (Exception problem) when (problem is HttpRequestException or JsonException || (problem is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandException($"the Admin API {_http.BaseAddress} does not answer ({problem.Message.TrimEnd('.')})");
        }
    }
}

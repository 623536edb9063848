using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Commands.Admin;

/// <summary>One call of an Admin API, and its JSON; not repeated where nobody answers.</summary>
internal sealed class AdminApiClient(AdminAddress address) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);

    private readonly HttpClient _http = address.CreateClient(Timeout);

    /// <param name="path">Relative to the Admin API's address.</param>
    /// <exception cref="CommandException">It does not answer, or it refuses; the message is its own.</exception>
    public async Task<JsonObject> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
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

    public void Dispose() => _http.Dispose();
}

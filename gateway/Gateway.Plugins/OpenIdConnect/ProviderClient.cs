using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>HTTP to OpenID providers: bounded in time and size, no redirects, no cookies; through a proxy where the environment says so (<c>HTTPS_PROXY</c>).</summary>
internal sealed class ProviderClient : IDisposable
{
    private const int MaximumBytes = 1024 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = DecompressionMethods.All,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = MaximumBytes,
    };

    /// <exception cref="ProviderException">No answer in time, a status other than 200, or no JSON object.</exception>
    public async Task<JsonElement> GetAsync(Uri address, TimeSpan timeout)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var answer = await SendAsync(request, timeout);
        return answer is { IsSuccess: true, Json.ValueKind: JsonValueKind.Object } ? answer.Json : throw new ProviderException($"{address} did not answer with a JSON object");
    }

    /// <param name="basic">User and password for HTTP Basic, each form-encoded as RFC 6749, section 2.3.1 wants it; null for none.</param>
    /// <exception cref="ProviderException">No answer in time, or one that says that the provider is at fault.</exception>
    public async Task<ProviderAnswer> PostAsync(Uri address, IEnumerable<KeyValuePair<string, string>> form, (string User, string Password)? basic, TimeSpan timeout)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Content = new FormUrlEncodedContent(form);
        if (basic is { } credentials)
        {
            var text = $"{Uri.EscapeDataString(credentials.User)}:{Uri.EscapeDataString(credentials.Password)}";
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
        }

        return await SendAsync(request, timeout);
    }

    public void Dispose() => _http.Dispose();

    private async Task<ProviderAnswer> SendAsync(HttpRequestMessage request, TimeSpan timeout)
    {
        request.Headers.Accept.ParseAdd("application/json");
        using var limit = new CancellationTokenSource(timeout);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token);
            if ((int)response.StatusCode >= 500 || response.StatusCode is HttpStatusCode.TooManyRequests)
            {
                throw new ProviderException($"{request.RequestUri} answered {(int)response.StatusCode}");
            }

            return new ProviderAnswer(response.IsSuccessStatusCode, Parse(await response.Content.ReadAsByteArrayAsync(limit.Token)));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new ProviderException($"{request.RequestUri}: {(failure is OperationCanceledException ? "no answer in time" : failure.Message)}", failure);
        }
    }

    private static JsonElement Parse(byte[] body)
    {
        try
        {
            return body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            // Whoever asked finds that there is nothing.
            return default;
        }
    }
}

using System.Net;

namespace Gateway.Plugins.Tests.OpenIdConnect;

/// <summary>A browser's part: keeps cookies by their rules as far as they matter here, and follows redirects one at a time.</summary>
internal sealed class Browser(Uri home) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Set-Cookie fields of the last answer.</summary>
    public IReadOnlyList<string> LastSet { get; private set; } = [];

    public Task<Page> GetAsync(string target, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, target, headers);

    public async Task<Page> SendAsync(HttpMethod method, string target, params (string Name, string Value)[] headers)
    {
        var url = new Uri(home, target);
        using var request = new HttpRequestMessage(method, url);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        // Cookies are the gateway's: the provider has a port of its own, which here stands for a host.
        var isHome = url.Authority == home.Authority;
        if (isHome && Cookies.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(static cookie => $"{cookie.Key}={cookie.Value}")));
        }

        using var response = await _http.SendAsync(request);
        LastSet = response.Headers.TryGetValues("Set-Cookie", out var fields) ? [.. fields] : [];
        foreach (var field in LastSet.Where(_ => isHome))
        {
            var pair = field.Split(';')[0].Split('=', 2);
            Cookies.Remove(pair[0]);
            if (!field.Contains("Max-Age=0", StringComparison.Ordinal))
            {
                Cookies[pair[0]] = pair[1];
            }
        }

        return new Page(response.StatusCode, response.Headers.Location?.OriginalString, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Asks for a page, and goes by the provider's and back.</summary>
    /// <returns>The answer to the provider's redirect back.</returns>
    public async Task<Page> SignInAsync(string target)
    {
        var begun = await GetAsync(target);
        Assert.Equal(HttpStatusCode.Found, begun.Status);
        var authorized = await GetAsync(begun.Location!);
        Assert.Equal(HttpStatusCode.Found, authorized.Status);
        return await GetAsync(authorized.Location!);
    }

    public void Dispose() => _http.Dispose();

    internal sealed record Page(HttpStatusCode Status, string? Location, string Body);
}

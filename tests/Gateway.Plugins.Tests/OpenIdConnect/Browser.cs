using System.Net;

namespace Gateway.Plugins.Tests.OpenIdConnect;

/// <summary>A browser's part: keeps cookies by their rules as far as they matter here, and follows redirects one at a time.</summary>
internal sealed class Browser(Uri home) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private readonly Dictionary<string, Dictionary<string, string>> _jars = [];

    /// <summary>The gateway's.</summary>
    public Dictionary<string, string> Cookies => Jar(home);

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

        var cookies = Jar(url);
        if (cookies.Count > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Select(static cookie => $"{cookie.Key}={cookie.Value}")));
        }

        using var response = await _http.SendAsync(request);
        LastSet = response.Headers.TryGetValues("Set-Cookie", out var fields) ? [.. fields] : [];
        foreach (var field in LastSet)
        {
            var pair = field.Split(';')[0].Split('=', 2);
            cookies.Remove(pair[0]);
            if (!field.Contains("Max-Age=0", StringComparison.Ordinal) && !field.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
            {
                cookies[pair[0]] = pair[1];
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
        var next = new Uri(home, begun.Location!);
        while (next.Authority != home.Authority)
        {
            var page = await GetAsync(next.AbsoluteUri);
            Assert.True(page.Location is not null, $"{next} answered {page.Status}: {page.Body}");
            next = new Uri(next, page.Location);
        }

        return await GetAsync(next.AbsoluteUri);
    }

    // A host has a port of its own here.
    private Dictionary<string, string> Jar(Uri url)
    {
        if (!_jars.TryGetValue(url.Authority, out var jar))
        {
            _jars[url.Authority] = jar = new(StringComparer.Ordinal);
        }

        return jar;
    }

    public void Dispose() => _http.Dispose();

    internal sealed record Page(HttpStatusCode Status, string? Location, string Body);
}

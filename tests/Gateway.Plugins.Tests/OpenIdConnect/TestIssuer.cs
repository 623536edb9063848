using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Plugins.Tests.Jwt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.Tests.OpenIdConnect;

/// <summary>An OpenID provider on loopback, strict about what RFC 6749, 7636 and 7662 want of a client.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string ClientId = "gateway";
    public const string ClientSecret = "a client's secret: with %, + and ü";

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Authorization> _codes = new();
    private readonly ConcurrentDictionary<string, JsonObject> _tokens = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private RSA _key = RSA.Create(2048);
    private int _serial;

    private TestIssuer(WebApplication app, TimeProvider time)
    {
        _app = app;
        _time = time;
    }

    public string Url { get; private set; } = string.Empty;

    public string KeyId { get; private set; } = "key-1";

    /// <summary>Answers 503 to everything.</summary>
    public bool IsAway { get; set; }

    /// <summary>In place of the discovery document.</summary>
    public string? Discovery { get; set; }

    /// <summary>Whether refresh tokens are good.</summary>
    public bool Refreshes { get; set; } = true;

    /// <summary>Gives tokens that are no JWTs.</summary>
    public bool IsOpaque { get; set; }

    /// <summary>What the next ID token says in place of what it should.</summary>
    public Action<JsonObject>? Twist { get; set; }

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A secret that the provider's key set holds by mistake.</summary>
    public string? PublishedSecret { get; set; }

    /// <summary>Paths of the requests, with the grant where there was one.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public RSA Key => _key;

    public static async Task<TestIssuer> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var issuer = new TestIssuer(app, time);
        app.Run(issuer.AnswerAsync);
        await app.StartAsync();
        issuer.Url = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        return issuer;
    }

    public int Count(string request) => _requests.Count(one => one == request);

    public void Rotate()
    {
        _key = RSA.Create(2048);
        KeyId = $"key-{Guid.NewGuid():N}";
    }

    /// <summary>An access token as this issuer signs them.</summary>
    public string Token(params (string Name, JsonNode? Value)[] claims) => Sign(Claims(claims));

    public JsonObject Claims(params (string Name, JsonNode? Value)[] more)
    {
        var now = _time.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = Url,
            ["sub"] = "user-1",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
            ["scope"] = "openid read",
            ["jti"] = $"{Interlocked.Increment(ref _serial)}",
        };
        foreach (var (name, value) in more)
        {
            claims[name] = value?.DeepClone();
        }

        return claims;
    }

    public string Sign(JsonObject claims) =>
        TestKeys.Sign(new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId }, claims, signed => _key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : null;
        _requests.Enqueue(http.Request.Path + (form?["grant_type"] is [{ } grant] ? " " + grant : ""));
        if (IsAway)
        {
            http.Response.StatusCode = 503;
            return;
        }

        if (Discovery is not null && http.Request.Path == "/.well-known/openid-configuration")
        {
            await http.Response.WriteAsync(Discovery);
            return;
        }

        var (status, answer) = http.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => (200, Document()),
            "/jwks" => (200, Keys()),
            "/token" => Grant(http.Request, form!),
            "/introspect" => IsClient(http.Request, form!) ? (200, _tokens.GetValueOrDefault(form!["token"].ToString())?.DeepClone() ?? new JsonObject { ["active"] = false }) : (401, Error("invalid_client")),
            "/revoke" => Revoke(form!),
            "/authorize" => Authorize(http),
            _ => (404, new JsonObject()),
        };
        http.Response.StatusCode = status;
        if (status != 302)
        {
            await http.Response.WriteAsJsonAsync(answer);
        }
    }

    private JsonObject Document() => new()
    {
        ["issuer"] = Url,
        ["jwks_uri"] = Url + "/jwks",
        ["authorization_endpoint"] = Url + "/authorize",
        ["token_endpoint"] = Url + "/token",
        ["introspection_endpoint"] = Url + "/introspect",
        ["revocation_endpoint"] = Url + "/revoke",
        ["end_session_endpoint"] = Url + "/logout",
    };

    private JsonObject Keys()
    {
        var key = _key.ExportParameters(false);
        var keys = new JsonArray(new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = KeyId,
            ["n"] = Base64Url.EncodeToString(key.Modulus),
            ["e"] = Base64Url.EncodeToString(key.Exponent),
        });
        if (PublishedSecret is { } secret)
        {
            keys.Add(new JsonObject { ["kty"] = "oct", ["use"] = "sig", ["kid"] = "secret", ["k"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(secret)) });
        }

        return new JsonObject { ["keys"] = keys };
    }

    // Signs the user in at once.
    private (int Status, JsonNode Answer) Authorize(HttpContext http)
    {
        var query = http.Request.Query;
        if (query["response_type"] != "code" || query["client_id"] != ClientId || query["code_challenge_method"] != "S256" || query["nonce"].ToString().Length < 16 || query["state"].ToString().Length < 16)
        {
            return (400, Error("invalid_request"));
        }

        var code = Guid.NewGuid().ToString("N");
        _codes[code] = new Authorization(query["redirect_uri"].ToString(), query["code_challenge"].ToString(), query["nonce"].ToString());
        var redirect = query["redirect_uri"].ToString();
        http.Response.Headers.Location = $"{redirect}{(redirect.Contains('?', StringComparison.Ordinal) ? "&" : "?")}code={code}&state={Uri.EscapeDataString(query["state"].ToString())}";
        return (302, new JsonObject());
    }

    private (int Status, JsonNode Answer) Grant(HttpRequest request, IFormCollection form)
    {
        var grant = form["grant_type"].ToString();
        if (grant == "client_credentials")
        {
            return Basic(request) == ("machine", "machine secret") ? (200, Tokens("machine", nonce: null, refreshable: false, form["scope"].ToString())) : (401, Error("invalid_client"));
        }

        if (!IsClient(request, form))
        {
            return (401, Error("invalid_client"));
        }

        switch (grant)
        {
            case "authorization_code":
                return _codes.TryRemove(form["code"].ToString(), out var authorization) && authorization.RedirectUri == form["redirect_uri"]
                    && authorization.Challenge == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())))
                    ? (200, Tokens("user-1", authorization.Nonce, refreshable: true))
                    : (400, Error("invalid_grant"));
            case "refresh_token":
                return Refreshes && _tokens.TryRemove(form["refresh_token"].ToString(), out _) ? (200, Tokens("user-1", nonce: null, refreshable: true)) : (400, Error("invalid_grant"));
            case "password":
                return form["username"] == "ann" && form["password"] == "right" ? (200, Tokens("ann", nonce: null, refreshable: false)) : (400, Error("invalid_grant"));
            default:
                return (400, Error("unsupported_grant_type"));
        }
    }

    private JsonObject Tokens(string subject, string? nonce, bool refreshable, string scope = "openid read")
    {
        var claims = Claims(("sub", subject), ("scope", scope));
        var access = IsOpaque ? Guid.NewGuid().ToString("N") : Sign(claims);
        var active = claims.DeepClone().AsObject();
        active["active"] = true;
        _tokens[access] = active;
        var id = Claims(("sub", subject), ("aud", ClientId), ("email", subject + "@example.com"));
        if (nonce is not null)
        {
            id["nonce"] = nonce;
        }

        Twist?.Invoke(id);
        var answer = new JsonObject { ["access_token"] = access, ["token_type"] = "Bearer", ["expires_in"] = (int)Lifetime.TotalSeconds, ["id_token"] = Sign(id) };
        if (refreshable)
        {
            var refresh = Guid.NewGuid().ToString("N");
            _tokens[refresh] = [];
            answer["refresh_token"] = refresh;
        }

        return answer;
    }

    /// <summary>An opaque token that introspection knows.</summary>
    public string Opaque(params (string Name, JsonNode? Value)[] claims)
    {
        var token = Guid.NewGuid().ToString("N");
        var active = Claims(claims);
        active["active"] = true;
        _tokens[token] = active;
        return token;
    }

    private (int Status, JsonNode Answer) Revoke(IFormCollection form)
    {
        _tokens.TryRemove(form["token"].ToString(), out _);
        return (200, new JsonObject());
    }

    private static bool IsClient(HttpRequest request, IFormCollection form) =>
        Basic(request) == (ClientId, ClientSecret) || (form["client_id"] == ClientId && form["client_secret"] == ClientSecret);

    private static (string? User, string? Password) Basic(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } value] || !value.StartsWith("Basic ", StringComparison.Ordinal))
        {
            return (null, null);
        }

        var pair = Encoding.UTF8.GetString(Convert.FromBase64String(value["Basic ".Length..])).Split(':', 2);
        return (Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1]));
    }

    private static JsonObject Error(string code) => new() { ["error"] = code };

    private sealed record Authorization(string RedirectUri, string Challenge, string Nonce);
}

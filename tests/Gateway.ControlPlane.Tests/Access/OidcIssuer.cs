using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.ControlPlane.Tests.Access;

/// <summary>An OpenID Connect provider on a loopback port: discovery, keys, and tokens of any kind.</summary>
internal sealed class OidcIssuer : IAsyncDisposable
{
    public const string Audience = "gateway-admins";

    private readonly WebApplication _application;
    private readonly Dictionary<string, RSA> _keys = new(StringComparer.Ordinal);
    private string _active = "";

    private OidcIssuer(WebApplication application) => _application = application;

    public Uri Url { get; private set; } = null!;

    public OidcOptions Options => new()
    {
        Issuer = Url,
        Audience = Audience,
        NameClaim = "username",
        Groups = new Dictionary<string, Grant>(StringComparer.Ordinal)
        {
            ["admins"] = new(Role.Admin),
            ["viewers"] = new(Role.Viewer),
            ["team-a"] = new(Role.Editor, ["team-a"]),
        },
    };

    public static async Task<OidcIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var issuer = new OidcIssuer(application);
        application.Run(issuer.AnswerAsync);
        issuer.Rotate("first");
        await application.StartAsync(TestContext.Current.CancellationToken);
        issuer.Url = new Uri(application.Urls.First() + "/pool");
        return issuer;
    }

    /// <summary>Signs with a new key from now on; what was signed before is good still.</summary>
    public void Rotate(string id)
    {
        _keys.Add(id, RSA.Create(2048));
        _active = id;
    }

    public Task StopAsync() => _application.StopAsync();

    /// <param name="change">Changes the claims of a good access token of Cognito's kind.</param>
    public string Token(Action<Dictionary<string, object>>? change = null, RSA? key = null)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = Url.OriginalString,
            ["sub"] = Guid.NewGuid().ToString(),
            ["username"] = "alice",
            ["token_use"] = "access",
            ["client_id"] = Audience,
            ["cognito:groups"] = new[] { "viewers" },
            ["exp"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
            ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        };
        change?.Invoke(claims);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(key ?? _keys[_active]) { KeyId = _active }, SecurityAlgorithms.RsaSha256),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/pool/.well-known/openid-configuration" => context.Response.WriteAsync(new JsonObject
        {
            ["issuer"] = Url.OriginalString,
            ["jwks_uri"] = $"{Url.OriginalString}/.well-known/jwks.json",
        }.ToJsonString()),
        "/pool/.well-known/jwks.json" => context.Response.WriteAsync(new JsonObject
        {
            ["keys"] = new JsonArray([.. _keys.Select(key => Show(key.Key, key.Value.ExportParameters(includePrivateParameters: false)))]),
        }.ToJsonString()),
        _ => Refuse(context),
    };

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static JsonObject Show(string id, RSAParameters key) => new()
    {
        ["kty"] = "RSA",
        ["use"] = "sig",
        ["alg"] = "RS256",
        ["kid"] = id,
        ["n"] = Base64UrlEncoder.Encode(key.Modulus),
        ["e"] = Base64UrlEncoder.Encode(key.Exponent),
    };
}

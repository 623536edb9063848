using Gateway.DataPlane.Pipeline;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.OpenIdConnect;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>What claims mean here: who may pass, which consumer that is, and what others are told of it.</summary>
internal sealed class CallerRules
{
    private readonly OpenIdConnectConfig _config;
    private readonly (IReadOnlyList<string> Claim, string[][] Required)[] _required;
    private readonly (string Claim, string Name)[] _upstream;
    private readonly (string Claim, string Name)[] _downstream;

    public CallerRules(OpenIdConnectConfig config)
    {
        _config = config;
        _required =
        [
            .. new[]
            {
                (config.AudienceClaim, Alternatives(config.AudienceRequired)),
                (config.ScopesClaim, Alternatives(config.ScopesRequired)),
                (config.GroupsClaim, Alternatives(config.GroupsRequired)),
                (config.RolesClaim, Alternatives(config.RolesRequired)),
            }.Where(static rule => rule.Item2.Length > 0),
        ];
        _upstream = [.. (config.UpstreamHeadersClaims ?? []).Zip(config.UpstreamHeadersNames ?? [])];
        _downstream = [.. (config.DownstreamHeadersClaims ?? []).Zip(config.DownstreamHeadersNames ?? [])];
    }

    /// <summary>False where the caller is known and may not pass.</summary>
    public bool Admit(RequestContext context, Claims claims)
    {
        foreach (var (claim, alternatives) in _required)
        {
            var has = claims.Texts(claim);
            if (!alternatives.Any(all => all.All(one => has.Contains(one, StringComparer.Ordinal))))
            {
                return false;
            }
        }

        Consumer? consumer = null;
        if (_config.ConsumerClaim is { } naming)
        {
            consumer = claims.Text(naming) is { } name ? FindConsumer(context.Configuration, name) : null;
            if (consumer is null && !_config.ConsumerOptional)
            {
                return false;
            }
        }

        var credential = claims.Text(_config.CredentialClaim) ?? string.Empty;
        context.Authenticate(consumer, new AuthenticatedCredential(credential) { Identifier = IsSafe(credential) ? credential : null });
        if (_config.AuthenticatedGroupsClaim is { } groups)
        {
            // Upstreams are told of them in a header.
            context.AuthenticatedGroups = [.. claims.Texts(groups).Where(IsSafe)];
        }

        return true;
    }

    /// <summary>Tells the upstream and the client what the config says.</summary>
    public void Tell(RequestContext context, Claims claims, string? accessToken, string? idToken)
    {
        var headers = context.Http.Request.Headers;
        foreach (var (claim, name) in _upstream)
        {
            // Also where the claim is not there: a client's own word must not pass for it.
            headers.Remove(name);
            if (claims.Header(claim) is { } value && IsSafe(value))
            {
                headers[name] = value;
            }
        }

        foreach (var (claim, name) in _downstream)
        {
            if (claims.Header(claim) is { } value && IsSafeDownstream(value))
            {
                context.ResponseHeaders.Set(name, value);
            }
        }

        Pass(headers, _config.UpstreamAccessTokenHeader, accessToken);
        Pass(headers, _config.UpstreamIdTokenHeader, idToken);
    }

    private static void Pass(IHeaderDictionary headers, string? target, string? token)
    {
        if (target is null)
        {
            return;
        }

        var hasScheme = target.EndsWith(":bearer", StringComparison.Ordinal);
        var name = hasScheme ? target[..^":bearer".Length] : target;
        headers.Remove(name);
        if (token is not null)
        {
            headers[name] = hasScheme ? "Bearer " + token : token;
        }
    }

    private Consumer? FindConsumer(IConfigurationView configuration, string name)
    {
        foreach (var field in _config.ConsumerBy)
        {
            var found = field switch
            {
                "id" => Guid.TryParse(name, out var id) ? configuration.FindConsumer(id) : null,
                "username" => configuration.FindConsumerByUsername(name),
                _ => configuration.FindConsumerByCustomId(name),
            };
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    // Claims are often what users have typed themselves.
    private static bool IsSafe(string value)
    {
        foreach (var letter in value)
        {
            if (char.IsControl(letter))
            {
                return false;
            }
        }

        return true;
    }

    // The server refuses to send others.
    private static bool IsSafeDownstream(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static string[][] Alternatives(IReadOnlyList<string>? required) => [.. (required ?? []).Select(static one => one.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}

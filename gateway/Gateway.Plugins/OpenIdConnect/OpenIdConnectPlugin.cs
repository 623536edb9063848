using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.OpenIdConnect;
using Gateway.Plugins.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>Kong's <c>openid-connect</c>. Asks the provider only for what is not known yet; everything else is decided here.</summary>
internal sealed class OpenIdConnectPlugin : AuthenticationPlugin
{
    private static readonly object Final = new();

    private readonly OpenIdConnectConfig _config;
    private readonly Issuer _issuer;
    private readonly ILogger _logger;
    private readonly TokenVerifier _verifier;
    private readonly CallerRules _rules;
    private readonly PresentedBearer _presented;
    private readonly BasicGrants _basic;
    private readonly bool _bearer;
    private readonly Introspection? _introspection;
    private readonly SessionCookies? _cookies;
    private readonly SessionCaller? _sessions;
    private readonly SignIn? _signIn;
    private readonly Logout? _logout;
    private readonly GatewayResponse _unauthorized;
    private readonly GatewayResponse _invalid;
    private readonly GatewayResponse _forbidden;
    private readonly GatewayResponse _away = GatewayResponse.Error(StatusCodes.Status503ServiceUnavailable, "The identity provider is not available");

    public OpenIdConnectPlugin(OpenIdConnectConfig config, Issuer issuer, ProviderClient client, TimeProvider time, ILogger<OpenIdConnectPlugin> logger)
        : base("openid-connect", new PluginPhases { Access = PhaseMode.Offloaded }, config.Anonymous, config.RunOnPreflight, logger)
    {
        _config = config;
        _issuer = issuer;
        _logger = logger;
        _verifier = new TokenVerifier(issuer, TimeSpan.FromSeconds(config.Leeway), time);
        _rules = new CallerRules(config);
        _presented = new PresentedBearer(config);
        var endpoint = new TokenEndpoint(config, client, time);
        _basic = new BasicGrants(config, endpoint, time);
        _bearer = Uses("bearer");
        _introspection = Uses("introspection") && config.ClientId is [_, ..] ? new Introspection(config, endpoint, time) : null;
        if (config.SessionSecret is not null || config.ClientSecret is [_, ..])
        {
            _cookies = Uses("session") || Uses("authorization_code") ? new SessionCookies(config, time) : null;
            _sessions = Uses("session") ? new SessionCaller(config, _cookies!, endpoint, time) : null;
            _signIn = Uses("authorization_code") ? new SignIn(config, endpoint, _verifier, time) : null;
            _logout = _cookies is null || config.ClientId is not [_, ..] ? null : new Logout(config, endpoint, _cookies, logger);
        }

        var challenge = Challenge("Bearer", new Uri(config.Issuer).Host);
        _unauthorized = Redirect(config.UnauthorizedRedirectUri) ?? Unauthorized(config.UnauthorizedErrorMessage, challenge);
        _invalid = Redirect(config.UnauthorizedRedirectUri) ?? Unauthorized(config.UnauthorizedErrorMessage, challenge + ", error=\"invalid_token\"");
        _forbidden = Redirect(config.ForbiddenRedirectUri) ?? GatewayResponse.Error(StatusCodes.Status403Forbidden, config.ForbiddenErrorMessage);
    }

    protected override bool IsFinal(RequestContext context, GatewayResponse answer) => ReferenceEquals(context.GetItem(this), Final);

    protected override async ValueTask<GatewayResponse?> IdentifyAsync(RequestContext context)
    {
        try
        {
            var metadata = await _issuer.GetAsync();
            if (_logout?.IsAsked(context.Http.Request) is true)
            {
                return Finally(context, await _logout.EndAsync(context, metadata));
            }

            return metadata is null ? _away : await IdentifyAsync(context, metadata);
        }
        catch (ProviderException failure)
        {
            OpenIdConnectLog.ProviderFailed(_logger, _config.Issuer, failure.Message, context.RequestId);
            return _away;
        }
    }

    private async Task<GatewayResponse?> IdentifyAsync(RequestContext context, IssuerMetadata metadata)
    {
        var request = context.Http.Request;
        if (_signIn?.IsReturn(context) is true)
        {
            return await EndSignInAsync(context, metadata, _signIn);
        }

        if (_sessions is not null && await _sessions.FindAsync(context, metadata) is { } signedIn)
        {
            return Admit(context, signedIn);
        }

        var (token, hide) = _bearer || _introspection is not null ? await _presented.FindAsync(context.Http) : default;
        if (token is not null)
        {
            return await ByTokenAsync(context, metadata, token, hide);
        }

        if (_basic.IsPresented(request))
        {
            return await _basic.ExchangeAsync(request, metadata) is { } tokens
                ? Admit(context, new Caller(tokens.Claims(), tokens.AccessToken, tokens.IdToken, () => request.Headers.Authorization = default))
                : _invalid;
        }

        // What changes something is not repeated after a sign-in.
        return _signIn is not null && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) ? _signIn.Begin(context, metadata) : _unauthorized;
    }

    private async Task<GatewayResponse?> ByTokenAsync(RequestContext context, IssuerMetadata metadata, string token, Action? hide)
    {
        if (_introspection is not null && (!_bearer || _config.IntrospectJwtTokens || !TokenVerifier.IsJwt(token)))
        {
            return await _introspection.AskAsync(metadata, token) is { } active ? Admit(context, new Caller(active.Claims, token, null, hide)) : Refused(context, "it is not active");
        }

        var (verified, problem) = await _verifier.VerifyAsync(token, metadata);
        return verified is not null ? Admit(context, new Caller(verified.Claims, token, null, hide)) : Refused(context, problem!);
    }

    private async Task<GatewayResponse?> EndSignInAsync(RequestContext context, IssuerMetadata metadata, SignIn signIn)
    {
        var state = context.Http.Request.Query["state"].ToString();
        var (tokens, pending, problem) = await signIn.FinishAsync(context, metadata);
        if (tokens is null || pending is null)
        {
            OpenIdConnectLog.SignInFailed(_logger, _config.Issuer, problem!, context.RequestId);
            return pending is null ? _unauthorized : _unauthorized with { Headers = [.. _unauthorized.Headers, .. Redirects.Cookies([signIn.Forget(context, state)])] };
        }

        if (Admit(context, new Caller(tokens.Claims(), tokens.AccessToken, tokens.IdToken, Hide: null)) is { } forbidden)
        {
            return forbidden;
        }

        var cookies = _cookies!.Write(context, _cookies.Begin(tokens)).Append(signIn.Forget(context, state)).ToList();
        if (_config.LoginAction == "redirect")
        {
            return Finally(context, Redirects.To(_config.LoginRedirectUri.One() ?? pending.Target, cookies));
        }

        signIn.Resume(context.Http.Request, pending);
        foreach (var cookie in cookies)
        {
            context.ResponseHeaders.Append("Set-Cookie", cookie);
        }

        return null;
    }

    private GatewayResponse? Admit(RequestContext context, Caller caller)
    {
        if (!_rules.Admit(context, caller.Claims))
        {
            return _forbidden;
        }

        if (_config.HideCredentials)
        {
            caller.Hide?.Invoke();
        }

        if (_cookies is not null)
        {
            RequestCookies.Remove(context.Http.Request, name => _cookies.IsOurs(name) || _signIn?.IsOurs(name) is true);
        }

        _rules.Tell(context, caller.Claims, caller.AccessToken, caller.IdToken);
        return null;
    }

    private GatewayResponse Refused(RequestContext context, string problem)
    {
        OpenIdConnectLog.TokenRefused(_logger, _config.Issuer, problem, context.RequestId);
        return _invalid;
    }

    private GatewayResponse Finally(RequestContext context, GatewayResponse answer)
    {
        context.SetItem(this, Final);
        return answer;
    }

    private bool Uses(string method) => _config.AuthMethods.Contains(method, StringComparer.Ordinal);

    private static GatewayResponse? Redirect(IReadOnlyList<string>? address) => address is [var one] ? Redirects.To(one, []) : null;
}

using Gateway.DataPlane.Pipeline;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.MtlsAuth;
using Gateway.Plugins.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.MtlsAuth;

/// <summary>Kong's <c>mtls-auth</c>. Offloaded: a certificate that was not seen just before is verified, and its authority perhaps asked.</summary>
internal sealed class MtlsAuthPlugin : AuthenticationPlugin
{
    private const string NameHeader = "X-Client-Cert-DN";
    private const string AlternativeNamesHeader = "X-Client-Cert-SAN";

    private static readonly GatewayResponse Missing = GatewayResponse.Error(StatusCodes.Status401Unauthorized, "No required TLS certificate was sent");
    private static readonly GatewayResponse Untrusted = GatewayResponse.Error(StatusCodes.Status401Unauthorized, "TLS certificate failed verification");
    private static readonly GatewayResponse Nameless = GatewayResponse.Error(StatusCodes.Status401Unauthorized, "Certificate missing Common Name");

    private readonly MtlsAuthConfig _config;
    private readonly TimeProvider _time;
    private readonly ILogger<MtlsAuthPlugin> _logger;
    private volatile ClientTrust? _trust;

    public MtlsAuthPlugin(MtlsAuthConfig config, TimeProvider time, ILogger<MtlsAuthPlugin> logger)
        : base("mtls-auth", new PluginPhases { Certificate = PhaseMode.Inline, Access = PhaseMode.Offloaded }, config.Anonymous, runOnPreflight: true, logger)
    {
        _config = config;
        _time = time;
        _logger = logger;
    }

    public override ValueTask CertificateAsync(CertificateContext context)
    {
        context.RequestClientCertificate = true;
        return ValueTask.CompletedTask;
    }

    protected override ValueTask<GatewayResponse?> IdentifyAsync(RequestContext context)
    {
        var headers = context.Http.Request.Headers;
        headers.Remove(NameHeader);
        headers.Remove(AlternativeNamesHeader);
        return new(context.ClientCertificate is { } presented ? Identify(context, TrustIn(context.Configuration).Verify(presented, _time.GetUtcNow())) : Missing);
    }

    private GatewayResponse? Identify(RequestContext context, CertificateVerdict verdict)
    {
        if (verdict.Problem is not null || verdict.Names is not { } names)
        {
            return Untrusted;
        }

        if (_config.SkipConsumerLookup)
        {
            return VouchFor(context, names);
        }

        if (FindConsumer(context.Configuration, names, verdict.Authorities) is not { } consumer)
        {
            MtlsAuthLog.Refused(_logger, names.DistinguishedName, "no consumer has one of its names");
            return Untrusted;
        }

        context.Authenticate(consumer, new AuthenticatedCredential(consumer.Id.ToString()) { Identifier = null });
        return null;
    }

    private GatewayResponse? VouchFor(RequestContext context, CertificateNames names)
    {
        if (_config.AuthenticatedGroupBy is { } property)
        {
            if ((property == "DN" ? names.DistinguishedName : names.CommonName) is not { } group)
            {
                return Nameless;
            }

            context.AuthenticatedGroups = [group];
        }

        context.Http.Request.Headers[NameHeader] = names.DistinguishedName;
        if (names.All.Count > 0)
        {
            context.Http.Request.Headers[AlternativeNamesHeader] = CertificateNames.Printable(string.Join(',', names.All));
        }

        return null;
    }

    // Credentials first, those for the authority before those for any.
    private Consumer? FindConsumer(IConfigurationView configuration, CertificateNames names, IReadOnlyList<Guid> authorities)
    {
        foreach (var name in names.All)
        {
            var credentials = configuration.FindMtlsAuthCredentials(name);
            var credential = credentials.FirstOrDefault(candidate => candidate.CaCertificate is { } authority && authorities.Contains(authority.Id))
                ?? credentials.FirstOrDefault(candidate => candidate.CaCertificate is null);
            if (credential is not null)
            {
                return configuration.FindConsumer(credential.Consumer.Id);
            }
        }

        foreach (var name in names.All)
        {
            foreach (var field in _config.ConsumerBy ?? [])
            {
                if ((field == "username" ? configuration.FindConsumerByUsername(name) : configuration.FindConsumerByCustomId(name)) is { } consumer)
                {
                    return consumer;
                }
            }
        }

        return _config.DefaultConsumer is { } other ? configuration.FindConsumer(other) : null;
    }

    private ClientTrust TrustIn(IConfigurationView configuration)
    {
        var trust = _trust;
        if (trust is null || !trust.IsOf(configuration))
        {
            var authorities = _config.CaCertificates.Select(id =>
                configuration.FindCaCertificate(id) ?? throw new InvalidOperationException($"config.ca_certificates: there is no CA certificate {id}"));
            _trust = trust = new ClientTrust(_config, [.. authorities], _logger);
        }

        return trust;
    }
}

using System.Collections.Immutable;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Gateway.DataPlane.Routing;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>Everything that requests see, compiled. Immutable: a change makes another one that shares all it did not touch.</summary>
internal sealed record RuntimeConfiguration : IConfigurationView
{
    public static readonly RuntimeConfiguration Empty = new();

    /// <summary>Grows by one with each configuration of this process, whatever its revision.</summary>
    public long Generation { get; init; }

    /// <summary>0 before there is a configuration.</summary>
    public long Revision { get; init; }

    public Router Router { get; init; } = Router.Empty;

    public ImmutableDictionary<Guid, RouteModel> Routes { get; init; } = ImmutableDictionary<Guid, RouteModel>.Empty;

    public ImmutableDictionary<Guid, ServiceModel> Services { get; init; } = ImmutableDictionary<Guid, ServiceModel>.Empty;

    public ImmutableDictionary<Guid, Upstream> UpstreamEntities { get; init; } = ImmutableDictionary<Guid, Upstream>.Empty;

    public ImmutableDictionary<string, UpstreamModel> Upstreams { get; init; } =
        ImmutableDictionary.Create<string, UpstreamModel>(StringComparer.OrdinalIgnoreCase);

    public ImmutableDictionary<Guid, Target> Targets { get; init; } = ImmutableDictionary<Guid, Target>.Empty;

    public ImmutableDictionary<Guid, Consumer> Consumers { get; init; } = ImmutableDictionary<Guid, Consumer>.Empty;

    public ImmutableDictionary<string, Guid> ConsumersByUsername { get; init; } = ImmutableDictionary.Create<string, Guid>(StringComparer.Ordinal);

    public ImmutableDictionary<string, Guid> ConsumersByCustomId { get; init; } = ImmutableDictionary.Create<string, Guid>(StringComparer.Ordinal);

    public KeyAuthIndex KeyAuth { get; init; } = KeyAuthIndex.Empty;

    public CredentialIndex Credentials { get; init; } = CredentialIndex.Empty;

    public CertificateIndex Certificates { get; init; } = CertificateIndex.Empty;

    public ImmutableDictionary<Guid, Plugin> PluginEntities { get; init; } = ImmutableDictionary<Guid, Plugin>.Empty;

    public PluginSet Plugins { get; init; } = PluginSet.Empty;

    /// <summary>The plugins of TLS handshakes.</summary>
    public HandshakePlugins Handshakes { get; init; } = HandshakePlugins.None;

    /// <summary>Who refers to an entity.</summary>
    public ImmutableDictionary<EntityKey, ImmutableHashSet<EntityKey>> Referrers { get; init; } =
        ImmutableDictionary<EntityKey, ImmutableHashSet<EntityKey>>.Empty;

    /// <summary>The plugins of requests that match no route.</summary>
    public PluginChain GlobalChain { get; init; } = PluginChain.Empty;

    public UpstreamModel? FindUpstream(string host) => Upstreams.GetValueOrDefault(host);

    public Consumer? FindConsumer(Guid id) => Consumers.GetValueOrDefault(id);

    public Consumer? FindConsumer(string idOrUsername)
    {
        if (Guid.TryParse(idOrUsername, out var id) && Consumers.TryGetValue(id, out var consumer))
        {
            return consumer;
        }

        return FindConsumerByUsername(idOrUsername);
    }

    public Consumer? FindConsumerByUsername(string username) => ConsumersByUsername.TryGetValue(username, out var id) ? Consumers[id] : null;

    public Consumer? FindConsumerByCustomId(string customId) => ConsumersByCustomId.TryGetValue(customId, out var id) ? Consumers[id] : null;

    public KeyAuthCredential? FindKeyAuthCredential(string key, DateTimeOffset now) => KeyAuth.Find(key, now);

    public BasicAuthCredential? FindBasicAuthCredential(string username) => Credentials.BasicAuth.GetValueOrDefault(username);

    public JwtSecret? FindJwtSecret(string key) => Credentials.Jwt.GetValueOrDefault(key);

    public IReadOnlyList<MtlsAuthCredential> FindMtlsAuthCredentials(string subjectName) => Credentials.Mtls.GetValueOrDefault(subjectName, []);

    public IReadOnlyList<string> AclGroupsOf(Guid consumer) => Credentials.AclGroups.GetValueOrDefault(consumer, []);

    public IReadOnlyList<ConsumerGroup> ConsumerGroupsOf(Guid consumer) => Credentials.ConsumerGroups.GetValueOrDefault(consumer, []);

    public CaCertificate? FindCaCertificate(Guid id) => Certificates.Authorities.GetValueOrDefault(id)?.Entity;

    public Vault? FindVault(string prefix) => Credentials.Vaults.GetValueOrDefault(prefix);

    /// <summary>Whether requests may reach this route: not while its service is disabled.</summary>
    public bool IsRouted(RouteModel route) =>
        route.Entity.Service is not { } service || (Services.TryGetValue(service.Id, out var model) && model.Entity.Enabled);
}

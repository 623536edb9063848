using System.Collections.Immutable;
using Gateway.DataPlane.Model;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>
/// The next configuration in the making: entities are put and removed first, references checked, then what they touched is compiled. Nothing of the
/// current one changes, so a draft with errors is simply dropped.
/// </summary>
internal sealed class ConfigurationDraft
{
    private readonly RuntimeConfiguration _base;
    private readonly RuntimeConfiguration _previous;
    private readonly PluginCompiler _pluginCompiler;
    private readonly List<ModelError> _errors = [];
    private readonly EntityReferences _references;
    private readonly ConsumerDraft _consumers;
    private readonly PluginDraft _plugins;
    private readonly UpstreamDraft _upstreams;
    private readonly CredentialDraft _credentials;
    private readonly CertificateDraft _certificates;

    private readonly ImmutableDictionary<Guid, RouteModel>.Builder _routes;
    private readonly ImmutableDictionary<Guid, ServiceModel>.Builder _services;
    private readonly HashSet<Guid> _touchedRoutes = [];

    /// <param name="start">What the changes are relative to: the current configuration, or the empty one for a snapshot.</param>
    /// <param name="previous">The current one in either case: what has not changed keeps its plugins' instances and its place in rotations.</param>
    public ConfigurationDraft(RuntimeConfiguration start, RuntimeConfiguration previous, PluginCompiler pluginCompiler)
    {
        _base = start;
        _previous = previous;
        _pluginCompiler = pluginCompiler;
        _references = new EntityReferences(start.Referrers);
        _consumers = new ConsumerDraft(start);
        _plugins = new PluginDraft(start);
        _upstreams = new UpstreamDraft(start);
        _credentials = new CredentialDraft(start.Credentials);
        _certificates = new CertificateDraft(start.Certificates, previous.Certificates);
        _routes = start.Routes.ToBuilder();
        _services = start.Services.ToBuilder();
    }

    public IReadOnlyList<ModelError> Errors => _errors;

    public void Change(EntityChange change)
    {
        var after = change.Canonical is { } canonical ? EntityReader.Read(change.Key, canonical.Span, _errors) : null;
        if (change.Canonical is not null && after is null)
        {
            return;
        }

        var before = Find(change.Key);
        _references.Replace(change.Key, before, after);
        switch (change.Key.Kind)
        {
            case EntityKinds.Routes:
                PutRoute(change.Key.Id, (Route?)after);
                break;
            case EntityKinds.Services:
                PutService(change.Key.Id, (Service?)before, (Service?)after);
                break;
            case EntityKinds.Upstreams:
                _upstreams.PutUpstream(change.Key.Id, (Upstream?)after);
                break;
            case EntityKinds.Targets:
                _upstreams.PutTarget(change.Key.Id, (Target?)after);
                break;
            case EntityKinds.Consumers:
                _consumers.PutConsumer(change.Key.Id, (Consumer?)after);
                break;
            case EntityKinds.KeyAuthCredentials:
                _consumers.PutCredential(change.Key.Id, (KeyAuthCredential?)after, _errors);
                break;
            case EntityKinds.CredentialHashKeys:
                _consumers.PutHashKey(change.Key.Id, (CredentialHashKey?)after, _errors);
                break;
            case EntityKinds.Plugins:
                _plugins.Put(change.Key.Id, (Plugin?)after, change.Canonical);
                break;
            case var kind when CredentialIndex.Holds(kind):
                _credentials.Put(change.Key, after);
                break;
            case var kind when CertificateDraft.Holds(kind):
                _certificates.Put(change.Key, after, _errors);
                break;
            default:
                _errors.Add(new ModelError(change.Key.Kind, "is no kind of entity that this data plane knows"));
                break;
        }
    }

    /// <summary>What <see cref="Finish"/> compiled: their states are still as they were.</summary>
    public IReadOnlyList<UpstreamModel> ChangedUpstreams => _upstreams.Compiled;

    /// <summary>The finished configuration, null where there are errors.</summary>
    public RuntimeConfiguration? Finish(long revision)
    {
        // An entity that is wrong in itself is not there, and would make references to it look wrong as well.
        if (_errors.Count == 0)
        {
            _references.Check(key => Find(key) is not null, Find, _errors);
        }

        if (_errors.Count > 0)
        {
            return null;
        }

        _consumers.Finish(_errors);
        var credentials = _credentials.Finish(_references, _errors);
        var certificates = _certificates.Finish(_errors);
        var upstreams = _upstreams.Compile(_previous, _references, _errors);
        var plugins = _plugins.Compile(_previous, _pluginCompiler, _errors);
        if (_errors.Count > 0)
        {
            return null;
        }

        var next = _base with
        {
            Generation = _previous.Generation + 1,
            Revision = revision,
            Routes = _routes.ToImmutable(),
            Services = _services.ToImmutable(),
            UpstreamEntities = _upstreams.Entities,
            Targets = _upstreams.Targets,
            Upstreams = upstreams,
            Consumers = _consumers.Consumers,
            ConsumersByUsername = _consumers.ByUsername,
            ConsumersByCustomId = _consumers.ByCustomId,
            KeyAuth = _consumers.KeyAuth,
            Credentials = credentials,
            Certificates = certificates,
            PluginEntities = _plugins.Entities,
            Plugins = plugins,
            GlobalChain = plugins.Resolve(Guid.Empty, Guid.Empty, Guid.Empty, []),
            Referrers = _references.ToImmutable(),
        };
        return next with { Router = _base.Router.With(Routed(_base), Routed(next)), Handshakes = HandshakePlugins.Of(next, _references) };
    }

    private IEnumerable<RouteModel> Routed(RuntimeConfiguration configuration)
    {
        foreach (var id in _touchedRoutes)
        {
            if (configuration.Routes.TryGetValue(id, out var route) && configuration.IsRouted(route))
            {
                yield return route;
            }
        }
    }

    private Entity? Find(EntityKey key) => key.Kind switch
    {
        EntityKinds.Routes => _routes.GetValueOrDefault(key.Id)?.Entity,
        EntityKinds.Services => _services.GetValueOrDefault(key.Id)?.Entity,
        EntityKinds.Plugins => _plugins.Find(key.Id),
        EntityKinds.Upstreams or EntityKinds.Targets => _upstreams.Find(key),
        _ when CredentialIndex.Holds(key.Kind) => _credentials.Find(key),
        _ when CertificateDraft.Holds(key.Kind) => _certificates.Find(key),
        _ => _consumers.Find(key),
    };

    private void PutRoute(Guid id, Route? route)
    {
        _touchedRoutes.Add(id);
        if (route is null)
        {
            _routes.Remove(id);
        }
        else if (RouteCompiler.Compile(route, _errors) is { } model)
        {
            _routes[id] = model;
        }
    }

    private void PutService(Guid id, Service? before, Service? after)
    {
        if (after is null)
        {
            _services.Remove(id);
        }
        else if (ServiceCompiler.Compile(after, _errors) is { } model)
        {
            _services[id] = model;
        }

        // Routes find their service by id when they are used; only being enabled or not decides whether they are found at all.
        if (before?.Enabled != after?.Enabled)
        {
            _touchedRoutes.UnionWith(_references.ReferrersOf(EntityKinds.Services, id, EntityKinds.Routes));
        }
    }
}

using System.Collections.Immutable;
using Gateway.DataPlane.Model;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>Upstreams and their targets in the making.</summary>
internal sealed class UpstreamDraft(RuntimeConfiguration start)
{
    private readonly ImmutableDictionary<Guid, Upstream>.Builder _upstreams = start.UpstreamEntities.ToBuilder();
    private readonly ImmutableDictionary<Guid, Target>.Builder _targets = start.Targets.ToBuilder();
    private readonly HashSet<Guid> _touched = [];
    private readonly List<UpstreamModel> _compiled = [];

    public IReadOnlyList<UpstreamModel> Compiled => _compiled;

    public ImmutableDictionary<Guid, Upstream> Entities => _upstreams.ToImmutable();

    public ImmutableDictionary<Guid, Target> Targets => _targets.ToImmutable();

    public Entity? Find(EntityKey key) => string.Equals(key.Kind, EntityKinds.Targets, StringComparison.Ordinal)
        ? _targets.GetValueOrDefault(key.Id)
        : _upstreams.GetValueOrDefault(key.Id);

    public void PutUpstream(Guid id, Upstream? upstream)
    {
        _touched.Add(id);
        if (upstream is null)
        {
            _upstreams.Remove(id);
        }
        else
        {
            _upstreams[id] = upstream;
        }
    }

    public void PutTarget(Guid id, Target? target)
    {
        if (_targets.TryGetValue(id, out var before))
        {
            _touched.Add(before.Upstream.Id);
        }

        if (target is null)
        {
            _targets.Remove(id);
            return;
        }

        _touched.Add(target.Upstream.Id);
        _targets[id] = target;
    }

    public ImmutableDictionary<string, UpstreamModel> Compile(
        RuntimeConfiguration previous, EntityReferences references, ICollection<ModelError> errors)
    {
        var models = start.Upstreams.ToBuilder();
        foreach (var id in _touched)
        {
            if (start.UpstreamEntities.TryGetValue(id, out var before))
            {
                models.Remove(before.Name);
            }
        }

        foreach (var id in _touched)
        {
            if (!_upstreams.TryGetValue(id, out var upstream))
            {
                continue;
            }

            if (models.ContainsKey(upstream.Name))
            {
                errors.Add(new ModelError($"{EntityKinds.Upstreams}[{id}].name", $"{upstream.Name} is another upstream's too"));
                continue;
            }

            var targets = references.ReferrersOf(EntityKinds.Upstreams, id, EntityKinds.Targets).Select(target => _targets[target]);
            var known = previous.UpstreamEntities.TryGetValue(id, out var entity) ? previous.Upstreams.GetValueOrDefault(entity.Name) : null;
            if (UpstreamCompiler.Compile(upstream, targets, known, errors) is { } model)
            {
                models.Add(upstream.Name, model);
                _compiled.Add(model);
            }
        }

        return models.ToImmutable();
    }
}

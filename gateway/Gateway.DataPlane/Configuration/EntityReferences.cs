using System.Collections.Immutable;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>Keeps who refers to whom while a configuration is changed, so that nothing dangles in the end.</summary>
internal sealed class EntityReferences(ImmutableDictionary<EntityKey, ImmutableHashSet<EntityKey>> referrers)
{
    private readonly ImmutableDictionary<EntityKey, ImmutableHashSet<EntityKey>>.Builder _referrers = referrers.ToBuilder();

    // What this change made somebody refer to, or took away: all that has to be checked.
    private readonly HashSet<EntityKey> _touched = [];

    public ImmutableDictionary<EntityKey, ImmutableHashSet<EntityKey>> ToImmutable() => _referrers.ToImmutable();

    public IEnumerable<Guid> ReferrersOf(string kind, Guid id, string referrerKind) =>
        _referrers.TryGetValue(new EntityKey(kind, id), out var keys)
            ? keys.Where(key => string.Equals(key.Kind, referrerKind, StringComparison.Ordinal)).Select(key => key.Id)
            : [];

    public void Replace(EntityKey key, Entity? before, Entity? after)
    {
        foreach (var (_, target) in Of(before))
        {
            var left = _referrers[target].Remove(key);
            if (left.IsEmpty)
            {
                _referrers.Remove(target);
            }
            else
            {
                _referrers[target] = left;
            }
        }

        foreach (var (_, target) in Of(after))
        {
            _referrers[target] = (_referrers.TryGetValue(target, out var known) ? known : []).Add(key);
            _touched.Add(target);
        }

        if (after is null)
        {
            _touched.Add(key);
        }
    }

    /// <summary>Reports every reference to what does not exist.</summary>
    public void Check(Func<EntityKey, bool> exists, Func<EntityKey, Entity?> find, ICollection<ModelError> errors)
    {
        foreach (var target in _touched)
        {
            if (!_referrers.TryGetValue(target, out var keys) || exists(target))
            {
                continue;
            }

            foreach (var key in keys)
            {
                var field = Of(find(key)).First(reference => reference.Target == target).Field;
                errors.Add(new ModelError($"{key.Kind}[{key.Id}].{field}", $"{target.Kind} has no {target.Id}"));
            }
        }
    }

    private static IEnumerable<(string Field, EntityKey Target)> Of(Entity? entity)
    {
        switch (entity)
        {
            case Route { Service: { } routed }:
                yield return ("service", new EntityKey(EntityKinds.Services, routed.Id));
                break;
            case Service service:
                if (service.ClientCertificate is { } presented)
                {
                    yield return ("client_certificate", new EntityKey(EntityKinds.Certificates, presented.Id));
                }

                foreach (var authority in service.CaCertificates?.Distinct() ?? [])
                {
                    yield return ("ca_certificates", new EntityKey(EntityKinds.CaCertificates, authority));
                }

                break;
            case Upstream { ClientCertificate: { } certificate }:
                yield return ("client_certificate", new EntityKey(EntityKinds.Certificates, certificate.Id));
                break;
            case Sni sni:
                yield return ("certificate", new EntityKey(EntityKinds.Certificates, sni.Certificate.Id));
                break;
            case Key { Set: { } set }:
                yield return ("set", new EntityKey(EntityKinds.KeySets, set.Id));
                break;
            case Target target:
                yield return ("upstream", new EntityKey(EntityKinds.Upstreams, target.Upstream.Id));
                break;
            case KeyAuthCredential credential:
                yield return ("consumer", new EntityKey(EntityKinds.Consumers, credential.Consumer.Id));
                break;
            case BasicAuthCredential credential:
                yield return ("consumer", new EntityKey(EntityKinds.Consumers, credential.Consumer.Id));
                break;
            case JwtSecret credential:
                yield return ("consumer", new EntityKey(EntityKinds.Consumers, credential.Consumer.Id));
                break;
            case Acl acl:
                yield return ("consumer", new EntityKey(EntityKinds.Consumers, acl.Consumer.Id));
                break;
            case MtlsAuthCredential credential:
                yield return ("consumer", new EntityKey(EntityKinds.Consumers, credential.Consumer.Id));
                if (credential.CaCertificate is { } issuer)
                {
                    yield return ("ca_certificate", new EntityKey(EntityKinds.CaCertificates, issuer.Id));
                }

                break;
            case ConsumerGroupMember member:
                yield return ("consumer", new EntityKey(EntityKinds.Consumers, member.Consumer.Id));
                yield return ("consumer_group", new EntityKey(EntityKinds.ConsumerGroups, member.ConsumerGroup.Id));
                break;
            case Plugin plugin:
                if (plugin.Route is { } route)
                {
                    yield return ("route", new EntityKey(EntityKinds.Routes, route.Id));
                }

                if (plugin.Service is { } scopedTo)
                {
                    yield return ("service", new EntityKey(EntityKinds.Services, scopedTo.Id));
                }

                if (plugin.Consumer is { } consumer)
                {
                    yield return ("consumer", new EntityKey(EntityKinds.Consumers, consumer.Id));
                }

                if (plugin.ConsumerGroup is { } group)
                {
                    yield return ("consumer_group", new EntityKey(EntityKinds.ConsumerGroups, group.Id));
                }

                break;
            default:
                break;
        }
    }
}

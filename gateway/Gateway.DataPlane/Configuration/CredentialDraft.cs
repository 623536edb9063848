using System.Collections.Immutable;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>Credentials and groups in the making. Indexes are brought up to date when all changes are in, so that two entities may swap unique values in one update.</summary>
internal sealed class CredentialDraft(CredentialIndex start)
{
    private readonly ImmutableDictionary<EntityKey, Entity>.Builder _entities = start.Entities.ToBuilder();
    private readonly Dictionary<EntityKey, Entity?> _before = [];
    private readonly HashSet<Guid> _touchedAcls = [];
    private readonly HashSet<Guid> _touchedMembers = [];

    public Entity? Find(EntityKey key) => _entities.GetValueOrDefault(key);

    public void Put(EntityKey key, Entity? after)
    {
        var before = _entities.GetValueOrDefault(key);
        _before.TryAdd(key, before);
        if (after is null)
        {
            _entities.Remove(key);
        }
        else
        {
            _entities[key] = after;
        }

        TouchConsumerOf(before);
        TouchConsumerOf(after);
    }

    public CredentialIndex Finish(EntityReferences references, ICollection<ModelError> errors)
    {
        if (_before.Count == 0)
        {
            return start;
        }

        TouchMembersOfChangedGroups(references);
        return new CredentialIndex
        {
            Entities = _entities.ToImmutable(),
            BasicAuth = Reindex(start.BasicAuth, EntityKinds.BasicAuthCredentials, "username", static credential => credential.Username, errors),
            Jwt = Reindex(start.Jwt, EntityKinds.JwtSecrets, "key", static credential => credential.Key, errors),
            Vaults = Reindex(start.Vaults, EntityKinds.Vaults, "prefix", static vault => vault.Prefix, errors),
            Mtls = ReindexMtls(),
            AclGroups = Regroup(start.AclGroups, _touchedAcls, consumer =>
                [.. references.ReferrersOf(EntityKinds.Consumers, consumer, EntityKinds.Acls).Select(id => Of<Acl>(EntityKinds.Acls, id).Group).Order(StringComparer.Ordinal)]),
            ConsumerGroups = Regroup(start.ConsumerGroups, _touchedMembers, consumer =>
                [.. references.ReferrersOf(EntityKinds.Consumers, consumer, EntityKinds.ConsumerGroupMembers)
                    .Select(id => Of<ConsumerGroup>(EntityKinds.ConsumerGroups, Of<ConsumerGroupMember>(EntityKinds.ConsumerGroupMembers, id).ConsumerGroup.Id))
                    .OrderBy(group => group.Name, StringComparer.Ordinal)]),
        };
    }

    private T Of<T>(string kind, Guid id)
        where T : Entity => (T)_entities[new EntityKey(kind, id)];

    private void TouchConsumerOf(Entity? entity)
    {
        switch (entity)
        {
            case Acl acl:
                _touchedAcls.Add(acl.Consumer.Id);
                break;
            case ConsumerGroupMember member:
                _touchedMembers.Add(member.Consumer.Id);
                break;
            default:
                break;
        }
    }

    private void TouchMembersOfChangedGroups(EntityReferences references)
    {
        foreach (var key in _before.Keys.Where(key => key.Kind is EntityKinds.ConsumerGroups))
        {
            foreach (var member in references.ReferrersOf(key.Kind, key.Id, EntityKinds.ConsumerGroupMembers))
            {
                _touchedMembers.Add(Of<ConsumerGroupMember>(EntityKinds.ConsumerGroupMembers, member).Consumer.Id);
            }
        }
    }

    private ImmutableDictionary<string, T> Reindex<T>(ImmutableDictionary<string, T> index, string kind, string field, Func<T, string> valueOf, ICollection<ModelError> errors)
        where T : Entity
    {
        var next = index.ToBuilder();
        foreach (var (key, before) in _before)
        {
            if (key.Kind == kind && before is T gone)
            {
                next.Remove(valueOf(gone));
            }
        }

        foreach (var key in _before.Keys)
        {
            if (key.Kind == kind && _entities.GetValueOrDefault(key) is T entity && !next.TryAdd(valueOf(entity), entity))
            {
                errors.Add(new ModelError($"{kind}[{key.Id}].{field}", "is another entity's too"));
            }
        }

        return next.ToImmutable();
    }

    private ImmutableDictionary<string, MtlsAuthCredential[]> ReindexMtls()
    {
        var next = start.Mtls.ToBuilder();
        foreach (var (key, before) in _before)
        {
            if (before is MtlsAuthCredential gone)
            {
                var left = next[gone.SubjectName].Where(credential => credential.Id != gone.Id).ToArray();
                if (left.Length > 0)
                {
                    next[gone.SubjectName] = left;
                }
                else
                {
                    next.Remove(gone.SubjectName);
                }
            }

            if (_entities.GetValueOrDefault(key) is MtlsAuthCredential credential)
            {
                next[credential.SubjectName] = [.. next.GetValueOrDefault(credential.SubjectName, []), credential];
            }
        }

        return next.ToImmutable();
    }

    private static ImmutableDictionary<Guid, T[]> Regroup<T>(ImmutableDictionary<Guid, T[]> index, HashSet<Guid> touched, Func<Guid, T[]> groupsOf)
    {
        var next = index.ToBuilder();
        foreach (var consumer in touched)
        {
            var groups = groupsOf(consumer);
            if (groups.Length > 0)
            {
                next[consumer] = groups;
            }
            else
            {
                next.Remove(consumer);
            }
        }

        return next.ToImmutable();
    }
}

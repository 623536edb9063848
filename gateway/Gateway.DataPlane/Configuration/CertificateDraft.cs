using System.Collections.Immutable;
using Gateway.DataPlane.Model;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>Certificates and their names in the making.</summary>
/// <param name="previous">The current ones, also for a snapshot: what is the same keeps its model, and with it upstreams' connections.</param>
internal sealed class CertificateDraft(CertificateIndex start, CertificateIndex previous)
{
    private readonly ImmutableDictionary<Guid, CertificateModel>.Builder _certificates = start.Certificates.ToBuilder();
    private readonly ImmutableDictionary<Guid, AuthorityModel>.Builder _authorities = start.Authorities.ToBuilder();
    private readonly ImmutableDictionary<Guid, Sni>.Builder _snis = start.Snis.ToBuilder();
    private readonly Dictionary<Guid, Sni?> _touchedSnis = [];

    public static bool Holds(string kind) => kind is EntityKinds.Certificates or EntityKinds.Snis or EntityKinds.CaCertificates;

    public Entity? Find(EntityKey key) => key.Kind switch
    {
        EntityKinds.Certificates => _certificates.GetValueOrDefault(key.Id)?.Entity,
        EntityKinds.CaCertificates => _authorities.GetValueOrDefault(key.Id)?.Entity,
        _ => _snis.GetValueOrDefault(key.Id),
    };

    public void Put(EntityKey key, Entity? after, ICollection<ModelError> errors)
    {
        switch (key.Kind)
        {
            case EntityKinds.Certificates:
                PutOrRemove(_certificates, key.Id, after is Certificate certificate ? CertificateModel.Create(certificate, previous.Certificates.GetValueOrDefault(key.Id), errors) : null);
                break;
            case EntityKinds.CaCertificates:
                PutOrRemove(_authorities, key.Id, after is CaCertificate authority ? AuthorityModel.Create(authority, previous.Authorities.GetValueOrDefault(key.Id), errors) : null);
                break;
            default:
                _touchedSnis.TryAdd(key.Id, _snis.GetValueOrDefault(key.Id));
                PutOrRemove(_snis, key.Id, (Sni?)after);
                break;
        }
    }

    public CertificateIndex Finish(ICollection<ModelError> errors)
    {
        var byName = start.ByName.ToBuilder();
        foreach (var sni in _touchedSnis.Values)
        {
            if (sni is not null)
            {
                byName.Remove(sni.Name.TrimEnd('.'));
            }
        }

        foreach (var id in _touchedSnis.Keys)
        {
            if (_snis.TryGetValue(id, out var sni) && !byName.TryAdd(sni.Name.TrimEnd('.'), sni.Certificate.Id))
            {
                errors.Add(new ModelError($"{EntityKinds.Snis}[{id}].name", $"{sni.Name} is another one's too"));
            }
        }

        return new CertificateIndex
        {
            Certificates = _certificates.ToImmutable(),
            Authorities = _authorities.ToImmutable(),
            Snis = _snis.ToImmutable(),
            ByName = byName.ToImmutable(),
        };
    }

    private static void PutOrRemove<T>(ImmutableDictionary<Guid, T>.Builder entities, Guid id, T? entity)
        where T : class
    {
        if (entity is null)
        {
            entities.Remove(id);
        }
        else
        {
            entities[id] = entity;
        }
    }
}

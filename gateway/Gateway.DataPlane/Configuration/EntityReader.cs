using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>Reads canonical bytes into entities.</summary>
internal static class EntityReader
{
    public static Entity? Read(EntityKey key, ReadOnlySpan<byte> canonical, ICollection<ModelError> errors)
    {
        var where = $"{key.Kind}[{key.Id}]";
        if (TypeOf(key.Kind) is not { } type)
        {
            errors.Add(new ModelError(where, $"{key.Kind} is no kind of entity that this data plane knows"));
            return null;
        }

        try
        {
            var entity = (Entity?)JsonSerializer.Deserialize(canonical, type);
            if (entity is null || entity.Id != key.Id)
            {
                errors.Add(new ModelError(where, "is not the entity that its key names"));
                return null;
            }

            return entity;
        }
        catch (JsonException invalid)
        {
            // The message names the path, never the value.
            errors.Add(new ModelError(where, $"cannot be read at {invalid.Path ?? "its beginning"}"));
            return null;
        }
    }

    private static JsonTypeInfo? TypeOf(string kind) => kind switch
    {
        EntityKinds.Services => ModelJson.Default.Service,
        EntityKinds.Routes => ModelJson.Default.Route,
        EntityKinds.Upstreams => ModelJson.Default.Upstream,
        EntityKinds.Targets => ModelJson.Default.Target,
        EntityKinds.Consumers => ModelJson.Default.Consumer,
        EntityKinds.KeyAuthCredentials => ModelJson.Default.KeyAuthCredential,
        EntityKinds.CredentialHashKeys => ModelJson.Default.CredentialHashKey,
        EntityKinds.ConsumerGroups => ModelJson.Default.ConsumerGroup,
        EntityKinds.ConsumerGroupMembers => ModelJson.Default.ConsumerGroupMember,
        EntityKinds.BasicAuthCredentials => ModelJson.Default.BasicAuthCredential,
        EntityKinds.JwtSecrets => ModelJson.Default.JwtSecret,
        EntityKinds.Acls => ModelJson.Default.Acl,
        EntityKinds.MtlsAuthCredentials => ModelJson.Default.MtlsAuthCredential,
        EntityKinds.Certificates => ModelJson.Default.Certificate,
        EntityKinds.Snis => ModelJson.Default.Sni,
        EntityKinds.CaCertificates => ModelJson.Default.CaCertificate,
        EntityKinds.Vaults => ModelJson.Default.Vault,
        EntityKinds.KeySets => ModelJson.Default.KeySet,
        EntityKinds.Keys => ModelJson.Default.Key,
        EntityKinds.Plugins => ModelJson.Default.Plugin,
        _ => null,
    };
}

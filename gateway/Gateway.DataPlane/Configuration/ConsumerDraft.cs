using System.Collections.Immutable;
using Gateway.Model;
using Gateway.Model.Configuration;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>Consumers and their credentials in the making.</summary>
internal sealed class ConsumerDraft(RuntimeConfiguration start)
{
    private const int SecretSize = 32;

    private readonly ImmutableDictionary<Guid, Consumer>.Builder _consumers = start.Consumers.ToBuilder();
    private readonly ImmutableDictionary<string, Guid>.Builder _byUsername = start.ConsumersByUsername.ToBuilder();
    private readonly ImmutableDictionary<string, Guid>.Builder _byCustomId = start.ConsumersByCustomId.ToBuilder();
    private readonly ImmutableDictionary<Guid, KeyAuthCredential>.Builder _credentials = start.KeyAuth.Credentials.ToBuilder();
    private readonly ImmutableDictionary<KeyHash, Guid>.Builder _byHash = start.KeyAuth.ByHash.ToBuilder();
    private readonly ImmutableDictionary<Guid, KeySecret>.Builder _secrets = start.KeyAuth.Secrets.ToBuilder();
    private readonly Dictionary<Guid, CredentialHashKey> _hashKeys = [];

    // Unique values are taken up when all changes are in, so that two entities may swap theirs in one update.
    private readonly HashSet<Guid> _touchedConsumers = [];
    private readonly HashSet<Guid> _touchedCredentials = [];

    public ImmutableDictionary<Guid, Consumer> Consumers => _consumers.ToImmutable();

    public ImmutableDictionary<string, Guid> ByUsername => _byUsername.ToImmutable();

    public ImmutableDictionary<string, Guid> ByCustomId => _byCustomId.ToImmutable();

    public KeyAuthIndex KeyAuth => new()
    {
        Credentials = _credentials.ToImmutable(),
        ByHash = _byHash.ToImmutable(),
        Secrets = _secrets.ToImmutable(),
    };

    public Entity? Find(EntityKey key) => key.Kind switch
    {
        EntityKinds.Consumers => _consumers.GetValueOrDefault(key.Id),
        EntityKinds.KeyAuthCredentials => _credentials.GetValueOrDefault(key.Id),
        EntityKinds.CredentialHashKeys => _hashKeys.GetValueOrDefault(key.Id),
        _ => null,
    };

    public void PutConsumer(Guid id, Consumer? consumer)
    {
        if (_consumers.TryGetValue(id, out var before) && before.Username is { } username && _byUsername.GetValueOrDefault(username) == id)
        {
            _byUsername.Remove(username);
        }

        if (before?.CustomId is { } customId && _byCustomId.GetValueOrDefault(customId) == id)
        {
            _byCustomId.Remove(customId);
        }

        _touchedConsumers.Add(id);
        if (consumer is null)
        {
            _consumers.Remove(id);
        }
        else
        {
            _consumers[id] = consumer;
        }
    }

    public void PutCredential(Guid id, KeyAuthCredential? credential, ICollection<ModelError> errors)
    {
        if (_credentials.TryGetValue(id, out var before)
            && KeyHash.TryParse(before.KeyHash, out var hash)
            && _byHash.GetValueOrDefault(hash) == id)
        {
            _byHash.Remove(hash);
        }

        _touchedCredentials.Add(id);
        if (credential is null)
        {
            _credentials.Remove(id);
        }
        else if (KeyHash.TryParse(credential.KeyHash, out _))
        {
            _credentials[id] = credential;
        }
        else
        {
            errors.Add(new ModelError($"{EntityKinds.KeyAuthCredentials}[{id}].key_hash", "is no hash of a key", "64 hexadecimal digits"));
        }
    }

    public void PutHashKey(Guid id, CredentialHashKey? key, ICollection<ModelError> errors)
    {
        if (key is null)
        {
            _hashKeys.Remove(id);
            _secrets.Remove(id);
            return;
        }

        var secret = new byte[SecretSize];
        if (!Convert.TryFromBase64String(key.Secret, secret, out var written) || written != SecretSize)
        {
            errors.Add(new ModelError($"{EntityKinds.CredentialHashKeys}[{id}].secret", "is no key", "32 bytes as Base64"));
            return;
        }

        _hashKeys[id] = key;
        _secrets[id] = new KeySecret(secret);
    }

    /// <summary>Takes up the unique values of what was put.</summary>
    public void Finish(ICollection<ModelError> errors)
    {
        foreach (var id in _touchedConsumers)
        {
            if (!_consumers.TryGetValue(id, out var consumer))
            {
                continue;
            }

            if (consumer.Username is { } username && !TryAdd(_byUsername, username, id))
            {
                errors.Add(new ModelError($"{EntityKinds.Consumers}[{id}].username", $"{username} is another consumer's too"));
            }

            if (consumer.CustomId is { } customId && !TryAdd(_byCustomId, customId, id))
            {
                errors.Add(new ModelError($"{EntityKinds.Consumers}[{id}].custom_id", $"{customId} is another consumer's too"));
            }
        }

        foreach (var id in _touchedCredentials)
        {
            if (_credentials.TryGetValue(id, out var credential) && KeyHash.TryParse(credential.KeyHash, out var hash) && !TryAdd(_byHash, hash, id))
            {
                errors.Add(new ModelError($"{EntityKinds.KeyAuthCredentials}[{id}].key_hash", "is another credential's too"));
            }
        }
    }

    private static bool TryAdd<TKey>(ImmutableDictionary<TKey, Guid>.Builder index, TKey key, Guid id)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var holder))
        {
            return holder == id;
        }

        index.Add(key, id);
        return true;
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Databases;
using Gateway.ControlPlane.Store.Schema;
using Gateway.ControlPlane.Store.Sealing;
using Gateway.ControlPlane.Store.Writing;
using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.ControlPlane.Store.Starting;

/// <summary>The key under which API keys are hashed: made at the first start, as revision 1.</summary>
internal sealed class CredentialHashKeys(StoreDatabase database, EntityCodec codec, CredentialHasher hasher, RevisionWriter writer, TimeProvider time)
{
    private const int KeySize = 32;

    /// <exception cref="StartRefusedException">The key ring can't open what is stored: it is another's, or lost a key.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var stored = await ReadAsync(cancellationToken) ?? await CreateAsync(cancellationToken);
        hasher.Use(Convert.FromBase64String((string)stored["secret"]!));
    }

    private async Task<JsonObject?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await database.ReadAsync(async context =>
                await EntityTables.Of(EntityKinds.CredentialHashKeys).AllAsync(context, forUpdate: false, cancellationToken) is [var row, ..]
                    ? codec.Read(EntityKinds.CredentialHashKeys, row)
                    : null);
        }
        catch (CryptographicException exception)
        {
            throw new StartRefusedException($"the key ring does not open what the database {database.Description} holds: {exception.Message}", exception);
        }
    }

    private async Task<JsonObject> CreateAsync(CancellationToken cancellationToken)
    {
        var key = new CredentialHashKey
        {
            Id = Guid.NewGuid(),
            CreatedAt = time.GetUtcNow().ToUnixTimeSeconds(),
            Secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeySize)),
        };
        var entity = (JsonObject)JsonSerializer.SerializeToNode(key, ModelJson.Default.CredentialHashKey)!;
        var outcome = await writer.WriteAsync<JsonObject>(
            WriteOrigin.System("credential hash key"),
            alone: false,
            async (session, token) => await session.PutAsync(EntityKinds.CredentialHashKeys, entity, token) is { } error ? error : entity,
            cancellationToken);
        return outcome.Succeeded(out _, out var error) ? entity : throw new StartRefusedException(error.Message);
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Gateway.ControlPlane.Store.Schema;
using Gateway.Model.Configuration;

namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>Between an entity and its row: takes the secrets out and seals them, and puts them back.</summary>
internal sealed class EntityCodec(ISecretFields secretFields, Sealer sealer)
{
    /// <summary>Fills <paramref name="row"/>; returns the canonical bytes, secrets included.</summary>
    public byte[] Write(string kind, JsonObject entity, EntityRow row)
    {
        // Read back, so that numbers are what they will be when they are read from the row.
        var canonical = CanonicalForm.Write(entity);
        var open = (JsonObject)JsonNode.Parse(canonical)!;
        row.Id = Guid.Parse((string)open["id"]!);
        row.CreatedAt = (long)open["created_at"]!;
        row.UpdatedAt = (long?)open["updated_at"];
        row.ReadColumns(open);
        var secrets = new JsonObject();
        foreach (var path in secretFields.Of(kind, open))
        {
            if (JsonPaths.Take(open, path) is { } value)
            {
                secrets[path] = value;
            }
        }

        row.Document = Encoding.UTF8.GetString(secrets.Count == 0 ? canonical : CanonicalForm.Write(open));
        row.Secrets = secrets.Count == 0 ? null : sealer.Seal(CanonicalForm.Write(secrets), SecretsOf(kind, row.Id));
        return canonical;
    }

    /// <summary>The entity with its secrets.</summary>
    public JsonObject Read(string kind, EntityRow row)
    {
        var entity = (JsonObject)JsonNode.Parse(row.Document)!;
        if (row.Secrets is not null)
        {
            var secrets = (JsonObject)JsonNode.Parse(sealer.Open(row.Secrets, SecretsOf(kind, row.Id)))!;
            foreach (var (path, value) in secrets)
            {
                JsonPaths.Put(entity, path, value!.DeepClone());
            }
        }

        return entity;
    }

    /// <summary>The canonical bytes, secrets included. Costs no parsing where there are none.</summary>
    public byte[] ReadCanonical(string kind, EntityRow row) =>
        row.Secrets is null ? Encoding.UTF8.GetBytes(row.Document) : CanonicalForm.Write(Read(kind, row));

    public byte[] WriteChange(EntityKey key, ChangeSide side, long revision, byte[] canonical, bool hasSecrets) =>
        SealedDocument.Write(canonical, hasSecrets, ChangeOf(key.Kind, key.Id, side, revision), sealer);

    public ReadOnlyMemory<byte> ReadChange(ChangeRow change, ChangeSide side) =>
        SealedDocument.Read((side == ChangeSide.Before ? change.Before : change.After)!, ChangeOf(change.Kind, change.EntityId, side, change.Revision), sealer);

    /// <summary>Seals the secrets anew, under the key that seals now.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">As <see cref="Sealer.Open"/>.</exception>
    public void Reseal(string kind, EntityRow row)
    {
        var place = SecretsOf(kind, row.Id);
        row.Secrets = row.Secrets is { } secrets ? sealer.Seal(sealer.Open(secrets, place), place) : null;
    }

    /// <inheritdoc cref="Reseal(string, EntityRow)"/>
    public void Reseal(ChangeRow change)
    {
        change.Before = Reseal(change, ChangeSide.Before, change.Before);
        change.After = Reseal(change, ChangeSide.After, change.After);
    }

    private byte[]? Reseal(ChangeRow change, ChangeSide side, byte[]? document) =>
        document is not null && SealedDocument.IsSealed(document)
            ? SealedDocument.Write(ReadChange(change, side).Span, hasSecrets: true, ChangeOf(change.Kind, change.EntityId, side, change.Revision), sealer)
            : document;

    private static string SecretsOf(string kind, Guid id) => $"{kind}/{id:D}/secrets";

    private static string ChangeOf(string kind, Guid id, ChangeSide side, long revision) =>
        $"changes/{revision}/{kind}/{id:D}/{(side == ChangeSide.Before ? "before" : "after")}";
}

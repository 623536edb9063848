using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Schema;

/// <summary>One entity as it lies in its table: what is searched or constrained in columns, the rest in a document.</summary>
internal abstract class EntityRow
{
    public Guid Id { get; set; }

    /// <summary>Canonical JSON in which every secret is null.</summary>
    public string Document { get; set; } = "{}";

    /// <summary>The secrets that were taken out of <see cref="Document"/>, sealed; null where there are none.</summary>
    public byte[]? Secrets { get; set; }

    /// <summary>Unix time in whole seconds, as all times of entities.</summary>
    public long CreatedAt { get; set; }
    public long? UpdatedAt { get; set; }

    /// <summary>Copies what has a column of its own out of <paramref name="entity"/>.</summary>
    public abstract void ReadColumns(JsonObject entity);

    /// <summary>Frees what is unique, so that two entities may swap names within one transaction.</summary>
    public abstract void ClearUnique();

    protected static string? Text(JsonObject entity, string field) => (string?)entity[field];

    protected static Guid? Reference(JsonObject entity, string field) =>
        entity[field] is JsonObject reference ? Guid.Parse((string)reference["id"]!) : null;
}

using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Reading;

/// <summary>Where entities are read for administrators: the database, or memory while it is away. Secrets included: who shows them masks them.</summary>
internal interface IEntitySource
{
    Task<JsonObject?> FindAsync(string kind, Guid id, CancellationToken cancellationToken);

    /// <summary>By the value of a unique field.</summary>
    Task<JsonObject?> FindByAsync(string kind, string field, string value, CancellationToken cancellationToken);

    Task<EntityPage> ListAsync(string kind, EntityQuery query, CancellationToken cancellationToken);

    /// <summary>The names that each of these certificates answers for.</summary>
    Task<ILookup<Guid, string>> ServerNamesAsync(IReadOnlyCollection<Guid> certificates, CancellationToken cancellationToken);

    /// <summary>Whether an entity has one of <paramref name="tags"/>, or is nested beneath one that has.</summary>
    Task<bool> IsWithinAsync(string kind, JsonObject entity, IReadOnlyList<string> tags, CancellationToken cancellationToken);
}

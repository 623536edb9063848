using System.Text.Json.Nodes;

namespace Gateway.ControlPlane.Store.Reading;

/// <summary>Some entities of one kind, in order of their ids.</summary>
/// <param name="Next">The id after which the next page begins; null where this is the last.</param>
public sealed record EntityPage(IReadOnlyList<JsonObject> Entities, Guid? Next);

using System.Text.Json.Nodes;

namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>Something of the configuration that did not exist before a version.</summary>
/// <param name="Kind">One of <see cref="Model.Entities.EntityKinds"/>.</param>
/// <param name="Since">The first version that reads it, such as <c>0.2</c>.</param>
internal sealed record Introduction(string Kind, string Since)
{
    /// <summary>The field, in a plugin's config as <c>config.NAME</c>; null where the whole kind is new.</summary>
    public string? Field { get; init; }

    /// <summary>Of <see cref="Model.Entities.EntityKinds.Plugins"/>: only entities with this name have the field.</summary>
    public string? Plugin { get; init; }

    /// <summary>The value at which the new version behaves as the older ones do, as JSON: left out without a word. Any other value is a loss.</summary>
    public JsonNode? Neutral { get; init; }

    /// <summary>True where an older data plane serves correctly, though less well, without it: it is left out and that is told. False: the revision is held back.</summary>
    public bool MayBeLeftOut { get; init; }

    public override string ToString() => Field is null ? Kind : $"{Plugin ?? Kind}.{Field}";
}

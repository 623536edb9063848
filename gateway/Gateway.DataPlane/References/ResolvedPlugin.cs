using Gateway.Model.Entities;

namespace Gateway.DataPlane.References;

/// <summary>A plugin with values in its references' places.</summary>
/// <param name="Entity">Null where a reference has no usable value. Holds secrets: never shown, never kept but by the instance.</param>
/// <param name="Fields">The fields without a usable value, and the reference where it leads nowhere. No values.</param>
internal sealed record ResolvedPlugin(Plugin? Entity, IReadOnlyList<string> Fields);

using System.Collections.Immutable;
using Gateway.Model.Configuration;

namespace Gateway.Tunnel.Publication.Source;

/// <summary>What one revision moved.</summary>
/// <param name="Keys">What it touched, and what other sites may have because of it.</param>
/// <param name="IsLimited">Whether anything was limited to sites before or after it, as far as can be told.</param>
/// <param name="IsExact">False where only what it touched is known: it was read from the log without what was there before.</param>
internal sealed record MovedEntities(ImmutableArray<EntityKey> Keys, bool IsLimited, bool IsExact);

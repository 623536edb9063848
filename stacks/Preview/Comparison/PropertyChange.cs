using System.Text.Json.Nodes;

namespace Hybrid.Stacks.Preview.Comparison;

/// <param name="Path">As Pulumi writes it: <c>spec.ports[0].name</c>.</param>
/// <param name="From">Null where it was not set.</param>
/// <param name="To">Null where it is not set any more.</param>
/// <param name="Replaces">The provider cannot change it in place.</param>
internal sealed record PropertyChange(string Path, JsonNode? From, JsonNode? To, bool Replaces = false);

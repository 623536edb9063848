using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>A registration on its way to the mocks; inputs are wire values.</summary>
internal sealed record MockRequest(Resource Resource, string ParentUrn, string Provider, ImmutableDictionary<string, object?> Inputs);

using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview;

/// <summary>What a stack exported, as a stack reference to it answers.</summary>
internal sealed record ExportedOutputs(ImmutableDictionary<string, object> Values, ImmutableArray<string> SecretNames);

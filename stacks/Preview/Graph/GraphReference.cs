using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Graph;

/// <param name="Stack">The stack that is read.</param>
/// <param name="Outputs">Which of its outputs are used.</param>
internal sealed record GraphReference(string Stack, ImmutableArray<string> Outputs);

namespace Hybrid.Stacks.Preview.Graph;

/// <summary>The resources of one type in a component.</summary>
/// <param name="HoldsData">Deleting one of them loses something.</param>
/// <param name="IsComponent">Components within the component.</param>
internal sealed record GraphGroup(string Kind, int Count, bool HoldsData, bool IsComponent);

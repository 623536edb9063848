namespace Hybrid.Stacks.Preview.Graph;

/// <summary>A system, or people, outside of all stacks.</summary>
/// <param name="Incoming">It comes to us; otherwise we go to it.</param>
internal sealed record ExternalSystem(string Name, string Detail, bool Incoming);

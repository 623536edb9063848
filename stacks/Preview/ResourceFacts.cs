namespace Hybrid.Stacks.Preview;

/// <summary>What a resource's options say of it.</summary>
internal sealed record ResourceFacts(string? Parent, bool Protect);

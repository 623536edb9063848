namespace Hybrid.Stacks.References;

/// <summary>Marks an output that leaves its stack, and enters the next, as a secret.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretOutputAttribute : Attribute;

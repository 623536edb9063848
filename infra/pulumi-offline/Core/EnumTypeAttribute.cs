namespace Pulumi;

/// <summary>Marks a type with a fixed set of values.</summary>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class EnumTypeAttribute : Attribute;

namespace Pulumi;

/// <summary>Marks a type that outputs are converted to.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OutputTypeAttribute : Attribute;

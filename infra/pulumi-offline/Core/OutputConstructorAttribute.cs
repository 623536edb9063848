namespace Pulumi;

/// <summary>Marks the constructor with which an output type is made.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OutputConstructorAttribute : Attribute;

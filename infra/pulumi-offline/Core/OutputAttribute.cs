namespace Pulumi;

/// <summary>Marks a resource's output property; the name is that of the provider's schema.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute : Attribute
{
    public OutputAttribute(string? name = null) => Name = name;

    public string? Name { get; }
}

namespace Pulumi;

/// <summary>The schema name of a constructor parameter that cannot bear it.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutputConstructorParameterAttribute : Attribute
{
    public OutputConstructorParameterAttribute(string name) => Name = name;

    public string Name { get; }
}

namespace Pulumi.Offline.Generator.Naming;

/// <summary>A C# type's namespace and name.</summary>
internal sealed record TypeName(string Namespace, string Name)
{
    public string FullName => $"{Namespace}.{Name}";

    /// <summary>A reference that no member of an enclosing class can shadow.</summary>
    public string Reference => $"global::{FullName}";
}

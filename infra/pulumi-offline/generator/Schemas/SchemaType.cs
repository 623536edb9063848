namespace Pulumi.Offline.Generator.Schemas;

/// <summary>The type of a property in a provider's schema.</summary>
internal abstract record SchemaType
{
    private SchemaType()
    {
    }

    internal sealed record Text : SchemaType;

    internal sealed record Boolean : SchemaType;

    internal sealed record Integer : SchemaType;

    internal sealed record Number : SchemaType;

    internal sealed record Any : SchemaType;

    internal sealed record Json : SchemaType;

    internal sealed record Asset : SchemaType;

    internal sealed record List(SchemaType Item) : SchemaType;

    internal sealed record Map(SchemaType Item) : SchemaType;

    internal sealed record Object(string Token) : SchemaType;

    internal sealed record Enumeration(string Token) : SchemaType;

    internal sealed record Union(IReadOnlyList<SchemaType> Alternatives) : SchemaType;
}

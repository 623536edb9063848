namespace Gateway.Model.Schemas;

/// <summary>Kong's fields that this gateway does not serve yet: refused by name rather than accepted and ignored.</summary>
internal static class Unsupported
{
    public static FieldSchema Field(string name, FieldType type) => new(name, type) { NotServed = true };

    public static FieldSchema Reference(string name) => Field(name, FieldType.Foreign);
}

namespace Gateway.Model.Schemas;

/// <summary>Kong's fields that this gateway does not serve yet. Null, and what is as good as null, is accepted; a value is refused by name.</summary>
internal static class Unsupported
{
    private const string Problem = "not supported by this version";

    public static FieldSchema Field(string name, FieldType type) => new(name, type)
    {
        Elements = new FieldSchema("element", FieldType.String),
        Keys = new FieldSchema("key", FieldType.String),
        Values = new FieldSchema("value", FieldType.String),
        Check = value => value is System.Text.Json.Nodes.JsonArray { Count: 0 } or System.Text.Json.Nodes.JsonObject { Count: 0 } ? null : Problem,
    };

    public static FieldSchema Reference(string name) => new(name, FieldType.String) { Check = _ => Problem };
}

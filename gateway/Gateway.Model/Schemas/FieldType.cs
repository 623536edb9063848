namespace Gateway.Model.Schemas;

/// <summary>Kong's types of fields, by their names in <c>/schemas</c> (lower case).</summary>
public enum FieldType
{
    String,
    Integer,
    Number,
    Boolean,
    Array,

    /// <summary>An array without duplicates, whose order has no meaning.</summary>
    Set,
    Map,
    Record,

    /// <summary>A reference to another entity: <c>{"id": "…"}</c>.</summary>
    Foreign,
}

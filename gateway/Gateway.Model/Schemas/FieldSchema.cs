using System.Text.Json.Nodes;

namespace Gateway.Model.Schemas;

/// <summary>One field of an entity, of a plugin's config, or of a record inside either: what it may hold and what it holds when nothing was said.</summary>
public sealed record FieldSchema(string Name, FieldType Type)
{
    /// <summary>Null is an error.</summary>
    public bool Required { get; init; }

    /// <summary>What an absent or null field gets; null for none.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>Nobody else may have the same value.</summary>
    public bool Unique { get; init; }

    /// <summary>Set by the control plane where the client does not.</summary>
    public bool Auto { get; init; }

    /// <summary>Never shown after it was written, and ciphertext at rest.</summary>
    public bool Secret { get; init; }

    /// <summary>Of a secret: kept as a one-way hash, which is shown in place of what was written.</summary>
    public bool OneWay { get; init; }

    /// <summary>May be <c>{vault://…}</c>, resolved at the data plane.</summary>
    public bool Referenceable { get; init; }

    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>Values of Kong's that this gateway does not serve yet: refused by name rather than accepted and ignored.</summary>
    public IReadOnlyList<string> Unsupported { get; init; } = [];

    /// <summary>A field of Kong's that this gateway does not serve yet: a value is refused by name; null, and an empty list or map, is as good as absent.</summary>
    public bool NotServed { get; init; }

    /// <summary>What is different from Kong about a field that is honoured, for the documentation; null for nothing.</summary>
    public string? Remark { get; init; }

    public (double Minimum, double Maximum)? Between { get; init; }

    /// <summary>Of a string's characters or an array's elements.</summary>
    public int? MinimumLength { get; init; }

    /// <inheritdoc cref="MinimumLength"/>
    public int? MaximumLength { get; init; }

    /// <summary>Of an array or set.</summary>
    public FieldSchema? Elements { get; init; }

    /// <summary>Of a map.</summary>
    public FieldSchema? Keys { get; init; }

    /// <summary>Of a map.</summary>
    public FieldSchema? Values { get; init; }

    /// <summary>Of a record.</summary>
    public IReadOnlyList<FieldSchema> Fields { get; init; } = [];

    /// <summary>Of a foreign field, and of the elements of an array of ids: the kind it refers to.</summary>
    public string? Reference { get; init; }

    /// <summary>What happens to this entity when the one it refers to is deleted.</summary>
    public bool CascadesOnDelete { get; init; }

    /// <summary>Any other rule: null where the value keeps it, otherwise what is wrong, in Kong's words.</summary>
    public Func<JsonNode, string?>? Check { get; init; }
}

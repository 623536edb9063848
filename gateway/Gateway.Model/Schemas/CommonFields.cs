namespace Gateway.Model.Schemas;

/// <summary>Fields that every entity has, and shapes that several share.</summary>
internal static class CommonFields
{
    public static readonly FieldSchema Id = new("id", FieldType.String)
    {
        Auto = true,
        Required = true,
        Check = value => Guid.TryParseExact(value.GetValue<string>(), "D", out _) ? null : "expected a valid UUID",
    };

    public static readonly FieldSchema CreatedAt = new("created_at", FieldType.Integer) { Auto = true, Required = true, Between = (0, long.MaxValue) };

    public static readonly FieldSchema UpdatedAt = new("updated_at", FieldType.Integer) { Auto = true, Required = true, Between = (0, long.MaxValue) };

    public static readonly FieldSchema Tags = Field.Set("tags", Field.Text("tag") with { Check = value => Texts.TagProblem(value.GetValue<string>()) });

    public static FieldSchema Name(bool required = false) => Field.Text("name") with { Unique = true, Required = required, Check = value => Texts.NameProblem(value.GetValue<string>()) };

    /// <summary>An element of a list of references to <paramref name="kind"/>.</summary>
    public static FieldSchema IdOf(string kind) => new("id", FieldType.String) { Reference = kind, Check = Id.Check };

    /// <summary>Milliseconds, 1 to 2^31 - 2; 60 s by default.</summary>
    public static FieldSchema Timeout(string name) => Field.Integer(name, 60000, 1, int.MaxValue - 1);
}

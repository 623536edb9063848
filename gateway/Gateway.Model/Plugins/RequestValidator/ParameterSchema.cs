namespace Gateway.Model.Plugins.RequestValidator;

/// <summary>A parameter of a request, after OpenAPI 3.0. Style, explode and schema are given together or not at all.</summary>
public sealed record ParameterSchema
{
    /// <summary><c>query</c>, <c>header</c> or <c>path</c> (a named group of the route's path expression).</summary>
    public string In { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    public bool Required { get; init; }

    /// <summary><c>label</c>, <c>form</c>, <c>matrix</c>, <c>simple</c>, <c>spaceDelimited</c>, <c>pipeDelimited</c> or <c>deepObject</c>.</summary>
    public string? Style { get; init; }

    /// <summary>Whether each item or member is a parameter of its own.</summary>
    public bool? Explode { get; init; }

    /// <summary>A JSON Schema (draft 4) with a type.</summary>
    public string? Schema { get; init; }
}

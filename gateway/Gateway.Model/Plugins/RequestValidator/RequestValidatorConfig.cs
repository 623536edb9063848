namespace Gateway.Model.Plugins.RequestValidator;

/// <summary>Kong's <c>request-validator</c>: refuses requests whose parameters or body are not as described.</summary>
public sealed record RequestValidatorConfig
{
    /// <summary>A schema in the language that <see cref="Version"/> names.</summary>
    public string? BodySchema { get; init; }

    public IReadOnlyList<ParameterSchema>? ParameterSchema { get; init; }

    /// <summary><c>kong</c> or <c>draft4</c>.</summary>
    public string Version { get; init; } = "kong";

    /// <summary>Of a request whose body is described. <c>*</c> may stand for a type or a subtype.</summary>
    public IReadOnlyList<string> AllowedContentTypes { get; init; } = ["application/json"];

    /// <summary>Whether a content type's parameters (<c>charset</c>) must be the same as well.</summary>
    public bool ContentTypeParameterValidation { get; init; } = true;

    /// <summary>Whether the client is told what is wrong.</summary>
    public bool VerboseResponse { get; init; }
}

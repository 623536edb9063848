using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.JsonSchemas;
using Gateway.Model.Plugins.RequestValidator;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Gateway.Plugins.RequestValidator;

/// <summary>A parameter that is looked at in each request.</summary>
internal sealed class Parameter
{
    private readonly ParameterSchema _config;
    private readonly JsonSchema? _schema;
    private readonly string _type;

    /// <param name="config">Valid: the catalogue has checked its schema.</param>
    public Parameter(ParameterSchema config)
    {
        _config = config;
        _schema = config.Schema is null ? null
            : JsonSchema.TryParse(config.Schema, out var schema, out var problem) ? schema
            : throw new ArgumentException(problem, nameof(config));
        _type = _schema?.Type ?? string.Empty;
    }

    public string Name => _config.Name;

    public string In => _config.In;

    /// <summary>Null where the parameter is as described; otherwise what is wrong, and what was read of it.</summary>
    public (string Problem, JsonNode? Data)? Validate(RequestContext context)
    {
        var values = Values(context);
        if (_config is { In: "query", Style: "deepObject" })
        {
            return ValidateDeepObject(context);
        }

        // With style form, an exploded object's members stand beside all other parameters, under their own names.
        if (_config is { In: "query", Style: "form", Explode: true } && _type == "object")
        {
            return ValidateFormObject(context);
        }

        if (values.Count == 0)
        {
            return _config.Required ? ("required parameter missing", null) : null;
        }

        if (_schema is null || _config.Style is not { } style)
        {
            return null;
        }

        if (_type == "array" && (values.Count > 1 || (style == "form" && _config.Explode is true)))
        {
            return Check(ParameterText.Array(values));
        }

        foreach (var value in values)
        {
            if (ParameterText.Read(style, _config.Explode ?? false, _type, Name, value ?? string.Empty) is not { } read)
            {
                return ($"is not written in style {style}", null);
            }

            if (Check(read) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private (string Problem, JsonNode? Data)? ValidateDeepObject(RequestContext context)
    {
        var members = new JsonObject();
        foreach (var (name, values) in Query(context))
        {
            // color[R]=100
            if (name.StartsWith(Name + "[", StringComparison.Ordinal) && name.EndsWith(']'))
            {
                members[name[(Name.Length + 1)..^1]] = values.Count > 1 ? ParameterText.Array(values) : JsonValue.Create(values.ToString());
            }
        }

        return members.Count > 0 ? Check(members) : _config.Required ? ("required parameter missing", null) : null;
    }

    private (string Problem, JsonNode? Data)? ValidateFormObject(RequestContext context)
    {
        var members = new JsonObject();
        foreach (var (name, values) in Query(context))
        {
            members[name] = values.Count > 1 ? ParameterText.Array(values) : JsonValue.Create(values.ToString());
        }

        return members.Count > 0 ? Check(members) : _config.Required ? ("required parameter missing", null) : null;
    }

    private (string Problem, JsonNode? Data)? Check(JsonNode value) =>
        _schema!.Validate(JsonSerializer.SerializeToElement(value), coerce: true) is { } problem ? (problem, value) : null;

    private StringValues Values(RequestContext context) => In switch
    {
        "header" => context.Http.Request.Headers[Name],
        "query" => Query(context).TryGetValue(Name, out var values) ? values : default,
        _ => context.UriCapture(Name) is { } capture ? new StringValues(Uri.UnescapeDataString(capture)) : default,
    };

    private static Dictionary<string, StringValues> Query(RequestContext context) => QueryHelpers.ParseQuery(context.Http.Request.QueryString.Value);
}

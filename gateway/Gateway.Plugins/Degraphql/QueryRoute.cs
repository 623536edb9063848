using System.Text.Json;
using Gateway.DataPlane.Pipeline;
using Gateway.Model.Plugins.Degraphql;
using Gateway.Plugins.GraphQL;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.Degraphql;

/// <summary>One of the plugin's routes, compiled.</summary>
internal sealed class QueryRoute
{
    private readonly IReadOnlyList<string> _methods;
    private readonly JsonEncodedText _query;
    private readonly QueryVariable[] _variables;

    private QueryRoute(DegraphqlRoute route, UriTemplate template, QueryVariable[] variables)
    {
        _methods = route.Methods;
        _query = JsonEncodedText.Encode(route.Query);
        _variables = variables;
        Template = template;
        TakesBody = variables.Length > 0 && route.Methods.Any(method => !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method));
    }

    public UriTemplate Template { get; }

    /// <summary>Whether variables may come from the request's body.</summary>
    public bool TakesBody { get; }

    /// <summary>Null where <paramref name="field"/> of the route has <paramref name="problem"/>.</summary>
    public static QueryRoute? Compile(DegraphqlRoute route, out string field, out string? problem)
    {
        field = "query";
        if (GraphQLOperation.Parse(new GraphQLCall(route.Query, OperationName: null, default), out var refusal) is not { } operation)
        {
            problem = GraphQLErrors.MessageOf(refusal!);
            return null;
        }

        QueryVariable[] variables = [.. (operation.Definition.Variables?.Items ?? []).Select(definition => new QueryVariable(definition))];
        var template = new UriTemplate(route.Uri);
        field = "uri";
        problem = template.Variables.FirstOrDefault(name => Array.TrueForAll(variables, variable => variable.Text != name)) is { } unknown
            ? $"':{unknown}' is no variable of the query"
            : null;
        return problem is null ? new QueryRoute(route, template, variables) : null;
    }

    public bool Serves(string method)
    {
        for (var i = 0; i < _methods.Count; i++)
        {
            if (string.Equals(_methods[i], method, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the request for the GraphQL server. What the path says counts before the query string, and that before the body.</summary>
    /// <param name="values">Of the template's variables.</param>
    /// <param name="body">An object, or undefined.</param>
    /// <returns>Null, or why there is no such request.</returns>
    public GatewayResponse? Write(Utf8JsonWriter json, string[] values, IQueryCollection query, JsonElement body)
    {
        json.WriteStartObject();
        json.WriteString("query"u8, _query);
        json.WriteStartObject("variables"u8);
        foreach (var variable in _variables)
        {
            if (!TryWrite(json, variable, values, query, body, out var problem))
            {
                return GraphQLErrors.Answer(StatusCodes.Status400BadRequest, problem, "BAD_USER_INPUT");
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    private bool TryWrite(Utf8JsonWriter json, QueryVariable variable, string[] values, IQueryCollection query, JsonElement body, out string problem)
    {
        problem = string.Empty;
        var position = IndexOf(Template.Variables, variable.Text);
        var texts = position >= 0 ? [values[position]] : query.TryGetValue(variable.Text, out var given) ? (IReadOnlyList<string>)given! : [];
        if (texts.Count > 0)
        {
            problem = $"Variable \"{variable.Text}\" must be {variable.Expected}";
            return variable.TryWrite(json, texts);
        }

        if (body.ValueKind == JsonValueKind.Object && body.TryGetProperty(variable.Text, out var member))
        {
            // Its type is the server's to check, as of any client's.
            json.WritePropertyName(variable.Name);
            member.WriteTo(json);
            return true;
        }

        problem = $"Variable \"{variable.Text}\" is required";
        return !variable.IsRequired;
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}

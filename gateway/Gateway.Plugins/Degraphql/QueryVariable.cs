using System.Globalization;
using System.Text.Json;
using GraphQLParser.AST;

namespace Gateway.Plugins.Degraphql;

/// <summary>A variable of a query, with what texts from a path or a query string are to its type.</summary>
internal sealed class QueryVariable
{
    private readonly string _type;
    private readonly bool _isList;

    public QueryVariable(GraphQLVariableDefinition definition)
    {
        Name = JsonEncodedText.Encode(definition.Variable.Name.StringValue);
        IsRequired = definition is { Type: GraphQLNonNullType, DefaultValue: null };
        var type = definition.Type;
        while (type is not GraphQLNamedType)
        {
            _isList |= type is GraphQLListType;
            type = type is GraphQLNonNullType strict ? strict.Type : ((GraphQLListType)type).Type;
        }

        _type = ((GraphQLNamedType)type).Name.StringValue;
        Text = definition.Variable.Name.StringValue;
        Expected = definition.Type switch
        {
            _ when _isList => $"a list of {_type}",
            _ => _type,
        };
    }

    public JsonEncodedText Name { get; }

    public string Text { get; }

    /// <summary>For people.</summary>
    public string Expected { get; }

    /// <summary>Whether the query cannot run without it.</summary>
    public bool IsRequired { get; }

    /// <summary>Writes name and value. False, and nothing written, where the texts are none of the type.</summary>
    /// <param name="texts">One, or those that stood under the same name.</param>
    public bool TryWrite(Utf8JsonWriter json, IReadOnlyList<string> texts)
    {
        if (!_isList)
        {
            return texts.Count == 1 && IsOfType(texts[0]) && Write(json, texts[0], isMember: true);
        }

        for (var i = 0; i < texts.Count; i++)
        {
            if (!IsOfType(texts[i]))
            {
                return false;
            }
        }

        json.WriteStartArray(Name);
        for (var i = 0; i < texts.Count; i++)
        {
            Write(json, texts[i], isMember: false);
        }

        json.WriteEndArray();
        return true;
    }

    private bool IsOfType(string text) => _type switch
    {
        "Int" => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "Float" => TryParseReal(text, out _),
        "Boolean" => text is "true" or "false",
        "String" or "ID" => true,
        _ => !IsJson(text) || IsValidJson(text),
    };

    private bool Write(Utf8JsonWriter json, string text, bool isMember)
    {
        if (isMember)
        {
            json.WritePropertyName(Name);
        }

        switch (_type)
        {
            case "Int":
                json.WriteNumberValue(int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
                break;
            case "Float" when TryParseReal(text, out var real):
                json.WriteNumberValue(real);
                break;
            case "Boolean":
                json.WriteBooleanValue(text == "true");
                break;
            case not ("String" or "ID") when IsJson(text):
                json.WriteRawValue(text);
                break;
            default:
                json.WriteStringValue(text);
                break;
        }

        return true;
    }

    private static bool TryParseReal(string text, out double real) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out real) && double.IsFinite(real);

    // An input object. Enumerations and scalars of the schema's own are texts.
    private static bool IsJson(string text) => text.StartsWith('{');

    private static bool IsValidJson(string text)
    {
        try
        {
            return JsonElement.Parse(text).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

using System.Globalization;
using System.Text.Json;
using Gateway.Plugins.GraphQL;
using GraphQLParser;
using GraphQLParser.AST;

namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

/// <summary>What arguments amount to: a number is itself, a list as many as it has, a variable what the client, or its default, says.</summary>
internal sealed class ArgumentValues(GraphQLOperation operation)
{
    /// <summary>Null where it is absent without a default, or amounts to nothing.</summary>
    public double? Of(GraphQLField field, string argument, IReadOnlyDictionary<string, string> defaults)
    {
        foreach (var given in field.Arguments?.Items ?? [])
        {
            if (given.Name.Value == argument)
            {
                return given.Value is GraphQLVariable variable ? OfVariable(variable.Name.Value) ?? Default() : Of(given.Value);
            }
        }

        return Default();

        double? Default() => defaults.TryGetValue(argument, out var literal) ? Number(literal) : null;
    }

    private double? OfVariable(ROM name)
    {
        if (operation.Variables.ValueKind == JsonValueKind.Object && operation.Variables.TryGetProperty(name.Span, out var value))
        {
            return value.ValueKind switch
            {
                JsonValueKind.Number => value.TryGetDouble(out var number) ? number : null,
                JsonValueKind.Array => value.GetArrayLength(),

                // A server that takes numbers as texts would take this one.
                JsonValueKind.String => Number(value.GetString()),
                _ => null,
            };
        }

        foreach (var definition in operation.Definition.Variables?.Items ?? [])
        {
            if (definition.Variable.Name.Value == name)
            {
                return definition.DefaultValue is { } @default ? Of(@default) : null;
            }
        }

        return null;
    }

    private static double? Of(GraphQLValue value) => value switch
    {
        GraphQLIntValue whole => Number(whole.Value.Span),
        GraphQLFloatValue real => Number(real.Value.Span),
        GraphQLStringValue text => Number(text.Value.Span),
        GraphQLListValue list => list.Values?.Count ?? 0,
        _ => null,
    };

    private static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}

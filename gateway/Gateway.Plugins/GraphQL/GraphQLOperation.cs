using System.Runtime.InteropServices;
using System.Text.Json;
using Gateway.DataPlane.Pipeline;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using Microsoft.AspNetCore.Http;

namespace Gateway.Plugins.GraphQL;

/// <summary>An operation with the fragments that it may use: each exists once, and none contains itself.</summary>
internal sealed class GraphQLOperation
{
    // Nodes within nodes. A field within a field is two, so that 100 levels, with values in them, pass; and a thread's stack bears it.
    private const int DeepestNode = 300;

    private static readonly ParserOptions Options = new() { Ignore = IgnoreOptions.All, MaxDepth = DeepestNode };

    private GraphQLOperation(GraphQLOperationDefinition definition, IReadOnlyList<GraphQLFragmentDefinition> fragments, JsonElement variables)
    {
        Definition = definition;
        Fragments = fragments;
        Variables = variables;
    }

    public GraphQLOperationDefinition Definition { get; }

    /// <summary>Those that a fragment spreads come before it: who looks at them in this order knows all that a fragment contains, and needs to look once.</summary>
    public IReadOnlyList<GraphQLFragmentDefinition> Fragments { get; }

    /// <inheritdoc cref="GraphQLCall.Variables"/>
    public JsonElement Variables { get; }

    public OperationType Type => Definition.Operation;

    /// <summary>Null where <paramref name="refusal"/> says why the server could not run it either.</summary>
    public static GraphQLOperation? Parse(GraphQLCall call, out GatewayResponse? refusal)
    {
        GraphQLDocument document;
        try
        {
            document = Parser.Parse(call.Query, Options);
        }
        catch (GraphQLMaxDepthExceededException)
        {
            refusal = Invalid("The query is nested too deeply");
            return null;
        }
        catch (GraphQLParserException invalid)
        {
            refusal = GraphQLErrors.Answer(StatusCodes.Status400BadRequest, $"Syntax Error: {invalid.Description}", "GRAPHQL_PARSE_FAILED");
            return null;
        }

        var definition = Find(document, call.OperationName, out refusal);
        return definition is not null && FragmentOrder.Of(document, out refusal) is { } fragments ? new GraphQLOperation(definition, fragments, call.Variables) : null;
    }

    internal static GatewayResponse Invalid(string message) => GraphQLErrors.Answer(StatusCodes.Status400BadRequest, message, "GRAPHQL_VALIDATION_FAILED");

    private static GraphQLOperationDefinition? Find(GraphQLDocument document, string? name, out GatewayResponse? refusal)
    {
        GraphQLOperationDefinition? found = null;
        refusal = null;
        foreach (var node in CollectionsMarshal.AsSpan(document.Definitions))
        {
            if (node is not GraphQLOperationDefinition operation || (name is not null && operation.Name?.Value != name))
            {
                continue;
            }

            if (found is not null)
            {
                refusal = Invalid(name is null ? "Must provide operation name if query contains multiple operations" : $"There can be only one operation named \"{name}\"");
                return null;
            }

            found = operation;
        }

        if (found is null)
        {
            refusal = Invalid(name is null ? "Must provide an operation" : $"Unknown operation named \"{name}\"");
        }

        return found;
    }
}

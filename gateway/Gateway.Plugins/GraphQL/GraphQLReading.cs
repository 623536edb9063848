using System.Runtime.InteropServices;
using Gateway.DataPlane.Pipeline;

namespace Gateway.Plugins.GraphQL;

/// <summary>What a request asks for.</summary>
/// <param name="Calls">Empty where the request cannot ask for anything (OPTIONS), and where it is refused.</param>
/// <param name="Refusal">Why it cannot be known; null where it is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GraphQLReading(IReadOnlyList<GraphQLCall> Calls, GatewayResponse? Refusal)
{
    public static GraphQLReading Of(params IReadOnlyList<GraphQLCall> calls) => new(calls, Refusal: null);

    public static GraphQLReading Refused(int status, string message, string code = "BAD_REQUEST") => new([], GraphQLErrors.Answer(status, message, code));
}

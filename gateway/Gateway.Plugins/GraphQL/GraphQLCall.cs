using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gateway.Plugins.GraphQL;

/// <summary>One operation as a client sent it: "request" of the GraphQL over HTTP specification.</summary>
/// <param name="OperationName">Null where the document's only operation is meant.</param>
/// <param name="Variables">An object, or undefined where there are none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GraphQLCall(string Query, string? OperationName, JsonElement Variables);

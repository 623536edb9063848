using Gateway.Model.Plugins.GraphQLRateLimitingAdvanced;

namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

/// <param name="Type">Of what it contains; null where nothing is known of it.</param>
/// <param name="Cost">Null where it has none of its own.</param>
/// <param name="Defaults">Of its arguments.</param>
internal sealed record CostedField(CostedType? Type, GraphQLCost? Cost, IReadOnlyDictionary<string, string> Defaults);

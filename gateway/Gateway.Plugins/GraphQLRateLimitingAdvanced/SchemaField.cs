namespace Gateway.Plugins.GraphQLRateLimitingAdvanced;

/// <param name="Type">The named type, without lists and non-null; null where it is nested too deeply to tell.</param>
/// <param name="Defaults">Of its arguments that have one, as literals of the language.</param>
internal sealed record SchemaField(string? Type, IReadOnlyDictionary<string, string> Defaults);

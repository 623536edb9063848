using Pulumi.Offline.Generator.Schemas;

namespace Pulumi.Offline.Generator.Check;

/// <summary>What a schema lets a public type of the subset have.</summary>
/// <param name="Token">The schema's name of what the type stands for.</param>
/// <param name="TypeToken">The token that the class must register or call, or null where it does neither.</param>
/// <param name="Members">The schema properties that may appear, by name on the wire.</param>
/// <param name="ChecksRequired">Whether the properties are arguments, some of which must be given.</param>
/// <param name="Values">The values of an enumeration by C# name, or null.</param>
internal sealed record ExpectedType(
    string Token,
    string? TypeToken,
    IReadOnlyDictionary<string, SchemaProperty> Members,
    bool ChecksRequired,
    IReadOnlyDictionary<string, string>? Values = null);

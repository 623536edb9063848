using System.Collections.Immutable;
using YamlDotNet.Serialization;

namespace Hybrid.Stacks.Preview.Manifests;

/// <summary>Writes Kubernetes objects as people write them: what it is first, then the rest by name.</summary>
internal static class ManifestYaml
{
    private static readonly ImmutableArray<string> First = ["apiVersion", "kind", "metadata", "type"];

    private static readonly ISerializer Serializer = new SerializerBuilder().WithQuotingNecessaryStrings().WithIndentedSequences().DisableAliases().Build();

    public static string Write(IEnumerable<KeyValuePair<string, object?>> values) => Serializer.Serialize(
        values
            .OrderBy(value => First.IndexOf(value.Key) is >= 0 and var index ? index : First.Length)
            .ThenBy(value => value.Key, StringComparer.Ordinal)
            .ToDictionary(value => value.Key, value => Plain(value.Value), StringComparer.Ordinal));

    private static object? Plain(object? value) => value switch
    {
        ImmutableSortedDictionary<string, object?> map => map.ToDictionary(item => item.Key, item => Plain(item.Value), StringComparer.Ordinal),
        ImmutableArray<object?> items => items.Select(Plain).ToList(),

        // The SDK hands over every number as a double.
        double number when double.IsInteger(number) => (long)number,
        _ => value,
    };
}

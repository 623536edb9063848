using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Graph;

/// <summary>
/// Finds which outputs of the stacks below a stack really uses: those whose value arrives in an argument. A stack reads all that its contract has, so that
/// reading alone says nothing.
/// </summary>
internal static class OutputUse
{
    /// <summary>Shorter texts are looked for as a whole only: they could be part of anything.</summary>
    private const int Distinct = 12;

    /// <returns>Output names, by the stack that exports them.</returns>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> Of(
        ImmutableArray<RecordedResource> resources, IEnumerable<string> references, IReadOnlyDictionary<string, ExportedOutputs> exported)
    {
        var arguments = resources.SelectMany(resource => resource.Inputs.Values).SelectMany(Texts).ToHashSet(StringComparer.Ordinal);
        return references.Where(exported.ContainsKey).ToImmutableSortedDictionary(
            stack => stack,
            stack => exported[stack].Values
                .Where(output => Texts(output.Value).Any(text => IsIn(text, arguments)))
                .Select(output => output.Key)
                .Order(StringComparer.Ordinal)
                .ToImmutableArray(),
            StringComparer.Ordinal);
    }

    private static bool IsIn(string text, HashSet<string> arguments) =>
        text.Length > 0 && (arguments.Contains(text) || (text.Length >= Distinct && arguments.Any(argument => argument.Contains(text, StringComparison.Ordinal))));

    private static IEnumerable<string> Texts(object? value) => value switch
    {
        string text => [text],
        IDictionary<string, object> map => map.Values.SelectMany(Texts),
        System.Collections.IEnumerable items => items.Cast<object?>().SelectMany(Texts),
        _ => [],
    };
}

using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>Providers take everything but texts as JSON texts.</summary>
internal static class JsonArgument
{
    public static Input<string>? From(string context, object? value)
    {
        if (value is null)
        {
            return null;
        }

        var output = value switch
        {
            IInput input => input.ToUntypedOutput(),
            IOutput other => other,
            _ => Output.Create<object?>(value),
        };
        return new Output<string>(SerializeAsync());

        async Task<OutputData<string>> SerializeAsync()
        {
            var data = await output.GetDataAsync();
            if (!data.IsKnown)
            {
                return OutputData.Create(data.Resources, "", isKnown: false, data.IsSecret);
            }

            var serializer = new Serializer();
            var wire = await serializer.SerializeAsync(context, data.Value);
            var plain = Deserializer.Deserialize(wire);
            return OutputData.Create(
                data.Resources.Union(serializer.Dependencies),
                plain.IsKnown ? JsonSerializer.Serialize(Sorted(plain.Value)) : "",
                plain.IsKnown,
                data.IsSecret || plain.IsSecret);
        }
    }

    private static object? Sorted(object? value) => value switch
    {
        ImmutableDictionary<string, object?> map => new SortedDictionary<string, object?>(
            map.ToDictionary(pair => pair.Key, pair => Sorted(pair.Value)), StringComparer.Ordinal),
        ImmutableArray<object?> list => list.Select(Sorted).ToArray(),
        _ => value,
    };
}

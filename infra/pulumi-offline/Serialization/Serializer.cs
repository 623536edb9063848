using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>Turns arguments and states into wire values, awaiting every output and noting the resources they come from.</summary>
internal sealed class Serializer
{
    public HashSet<Resource> Dependencies { get; } = [];

    public static bool ContainsUnknowns(object? wire) => wire switch
    {
        WireUnknown => true,
        WireSecret secret => ContainsUnknowns(secret.Value),
        ImmutableArray<object?> list => list.Any(ContainsUnknowns),
        ImmutableDictionary<string, object?> map => map.Values.Any(ContainsUnknowns),
        _ => false,
    };

    public async Task<object?> SerializeAsync(string context, object? value)
    {
        switch (value)
        {
            case null or bool or double or string:
                return value;
            case int number:
                return (double)number;
            case InputArgs args:
                return await SerializeMapAsync(context, args.ToDictionary());
            case AssetOrArchive asset:
                return new WireAsset(asset);
            case Task:
                throw new InvalidOperationException(
                    $"Tasks are not allowed inside ResourceArgs. Please wrap your Task in an Output:\n\t{context}");
            case IInput input:
                return await SerializeOutputAsync(context, input.ToUntypedOutput());
            case IUnion union:
                return await SerializeAsync(context, union.Value);
            case JsonElement element:
                return SerializeJson(element);
            case IOutput output:
                return await SerializeOutputAsync(context, output);
            case Resource resource:
                if (resource is CustomResource)
                {
                    Dependencies.Add(resource);
                }

                await resource.Urn.DataTask;
                return new WireResource(resource);
            case IDictionary map:
                return await SerializeMapAsync(context, map);
            case IList list:
                return await SerializeListAsync(context, list);
            case Enum member when member.GetTypeCode() == TypeCode.Int32:
                return Convert.ToDouble(member, System.Globalization.CultureInfo.InvariantCulture);
            case ValueTuple:
                return null;
        }

        var type = value.GetType();
        if (type.IsValueType && type.GetCustomAttribute<EnumTypeAttribute>() is not null)
        {
            var conversion = type.GetMethod("op_Explicit", BindingFlags.Public | BindingFlags.Static, [type]);
            return conversion is not null && (conversion.ReturnType == typeof(string) || conversion.ReturnType == typeof(double))
                ? conversion.Invoke(null, [value])
                : throw new InvalidOperationException(
                    $"Expected {type.FullName} to have an explicit conversion operator to String or Double.\n\t{context}");
        }

        if (type.GetCustomAttribute<OutputTypeAttribute>() is not null)
        {
            var fields = type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
                .Where(field => field.IsInitOnly)
                .ToDictionary(field => char.ToLowerInvariant(field.Name[0]) + field.Name[1..], field => field.GetValue(value));
            return await SerializeMapAsync(context, fields);
        }

        throw new InvalidOperationException($"{type.FullName} is not a supported argument type.\n\t{context}");
    }

    private static object? SerializeJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => element.EnumerateArray().Select(SerializeJson).ToImmutableArray(),
        JsonValueKind.Object => element.EnumerateObject()
            .ToImmutableDictionary(property => property.Name, property => SerializeJson(property.Value)),
        _ => null,
    };

    private async Task<object?> SerializeOutputAsync(string context, IOutput output)
    {
        var data = await output.GetDataAsync();
        Dependencies.UnionWith(data.Resources);
        if (!data.IsKnown)
        {
            return WireUnknown.Instance;
        }

        var value = await SerializeAsync(context, data.Value);
        return data.IsSecret ? new WireSecret(value) : value;
    }

    private async Task<ImmutableArray<object?>> SerializeListAsync(string context, IList list)
    {
        // A default ImmutableArray has no count to ask for.
        if (list.GetType().GetProperty(nameof(ImmutableArray<int>.IsDefaultOrEmpty))?.GetValue(list) is true)
        {
            return [];
        }

        var result = ImmutableArray.CreateBuilder<object?>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            result.Add(await SerializeAsync($"{context}[{i}]", list[i]));
        }

        return result.MoveToImmutable();
    }

    private async Task<ImmutableDictionary<string, object?>> SerializeMapAsync(string context, IDictionary map)
    {
        var result = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var key in map.Keys)
        {
            if (key is not string name)
            {
                throw new InvalidOperationException($"Dictionaries are only supported with string keys:\n\t{context}");
            }

            // As in JSON, a null member is an absent one.
            if (await SerializeAsync($"{context}.{name}", map[name]) is { } value)
            {
                result[name] = value;
            }
        }

        return result.ToImmutable();
    }
}

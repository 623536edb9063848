using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>Converts plain values to the types of outputs. What does not fit becomes the default of its type, with a warning.</summary>
internal sealed class Converter(Action<string> warn)
{
    public OutputData<object?> Convert(string context, object? wire, Type target)
    {
        var data = Deserializer.Deserialize(wire);
        return data with { Value = ConvertOrWarn(context, data.Value, target) };
    }

    private object? ConvertOrWarn(string context, object? value, Type target)
    {
        if (!TryConvert(context, value, target, out var result, out var problem))
        {
            warn(problem);
        }

        return result;
    }

    private bool TryConvert(string context, object? value, Type target, out object? result, out string problem)
    {
        problem = "";
        var nullable = Nullable.GetUnderlyingType(target);
        if (value is null)
        {
            result = target.IsValueType && nullable is null ? Activator.CreateInstance(target) : null;
            return true;
        }

        target = nullable ?? target;
        if (target == typeof(object))
        {
            result = value;
            return true;
        }

        if (target == typeof(int))
        {
            result = value is double number ? (int)number : null;
            return Check<double>(context, value, result is not null, out problem);
        }

        if (target == typeof(string) || target == typeof(bool) || target == typeof(double)
            || typeof(AssetOrArchive).IsAssignableFrom(target) || typeof(Resource).IsAssignableFrom(target))
        {
            result = target.IsInstanceOfType(value) ? value : null;
            problem = result is null ? Mismatch(context, value, target) : "";
            return result is not null;
        }

        if (target == typeof(JsonElement))
        {
            result = JsonSerializer.SerializeToElement(value);
            return true;
        }

        if (target.IsEnum)
        {
            result = value is double number ? Enum.ToObject(target, (int)number) : null;
            return Check<double>(context, value, result is not null, out problem);
        }

        if (target.GetCustomAttribute<EnumTypeAttribute>() is not null)
        {
            return TryConvertEnumType(context, value, target, out result, out problem);
        }

        if (target.IsConstructedGenericType)
        {
            var definition = target.GetGenericTypeDefinition();
            return definition == typeof(Union<,>) ? TryConvertUnion(context, value, target, out result, out problem)
                : definition == typeof(ImmutableArray<>) ? TryConvertArray(context, value, target, out result, out problem)
                : definition == typeof(ImmutableDictionary<,>) ? TryConvertDictionary(context, value, target, out result, out problem)
                : throw new InvalidOperationException($"Unexpected generic target type {target.FullName} when deserializing {context}");
        }

        return TryConvertOutputType(context, value, target, out result, out problem);
    }

    private static bool TryConvertEnumType(string context, object value, Type target, out object? result, out string problem)
    {
        var constructor = value is string or double
            ? target.GetConstructor(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance, [value.GetType()])
            : null;
        result = constructor?.Invoke([value]);
        problem = result is null ? Mismatch(context, value, target) : "";
        return result is not null;
    }

    private bool TryConvertUnion(string context, object value, Type target, out object? result, out string problem)
    {
        var alternatives = target.GenericTypeArguments;
        for (var i = 0; i < alternatives.Length; i++)
        {
            if (TryConvert($"{context}.AsT{i}", value, alternatives[i], out var inner, out _))
            {
                result = target.GetMethod($"FromT{i}", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [inner]);
                problem = "";
                return true;
            }
        }

        result = null;
        problem = $"Expected {alternatives[0].FullName} or {alternatives[1].FullName} but got {value.GetType().FullName} deserializing {context}";
        return false;
    }

    private bool TryConvertArray(string context, object value, Type target, out object? result, out string problem)
    {
        if (value is not ImmutableArray<object?> list)
        {
            result = null;
            problem = Mismatch(context, value, typeof(ImmutableArray<object>));
            return false;
        }

        var element = target.GenericTypeArguments[0];
        var array = Array.CreateInstance(element, list.Length);
        for (var i = 0; i < list.Length; i++)
        {
            array.SetValue(ConvertOrWarn(context, list[i], element), i);
        }

        result = typeof(System.Runtime.InteropServices.ImmutableCollectionsMarshal)
            .GetMethod(nameof(System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray))!
            .MakeGenericMethod(element)
            .Invoke(null, [array]);
        problem = "";
        return true;
    }

    private bool TryConvertDictionary(string context, object value, Type target, out object? result, out string problem)
    {
        if (value is not ImmutableDictionary<string, object?> map)
        {
            result = null;
            problem = Mismatch(context, value, typeof(ImmutableDictionary<string, object>));
            return false;
        }

        problem = "";
        var element = target.GenericTypeArguments[1];
        if (element == typeof(object))
        {
            result = map;
            return true;
        }

        var empty = target.GetField(nameof(ImmutableDictionary<string, object>.Empty))!.GetValue(null)!;
        var builder = (System.Collections.IDictionary)target.GetMethod(nameof(ImmutableDictionary<string, object>.ToBuilder))!.Invoke(empty, null)!;
        foreach (var (name, member) in map)
        {
            builder[name] = ConvertOrWarn($"{context}[{name}]", member, element);
        }

        result = builder.GetType().GetMethod(nameof(ImmutableDictionary<string, object>.Builder.ToImmutable))!.Invoke(builder, null);
        return true;
    }

    private bool TryConvertOutputType(string context, object value, Type target, out object? result, out string problem)
    {
        result = null;
        if (target.GetCustomAttribute<OutputTypeAttribute>() is null)
        {
            problem = $"Unexpected target type {target.FullName} when deserializing {context}";
            return false;
        }

        var constructor = target
            .GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .FirstOrDefault(candidate => candidate.GetCustomAttribute<OutputConstructorAttribute>() is not null);
        if (constructor is null)
        {
            problem = $"Expected target type {target.FullName} to have [{nameof(OutputConstructorAttribute)}] constructor when deserializing {context}";
            return false;
        }

        if (value is not ImmutableDictionary<string, object?> map)
        {
            problem = Mismatch(context, value, typeof(ImmutableDictionary<string, object>));
            return false;
        }

        var arguments = constructor.GetParameters()
            .Select(parameter => ConvertOrWarn(
                $"{target.FullName}({parameter.Name})",
                map.GetValueOrDefault(parameter.GetCustomAttribute<OutputConstructorParameterAttribute>()?.Name ?? parameter.Name!),
                parameter.ParameterType))
            .ToArray();
        result = constructor.Invoke(arguments);
        problem = "";
        return true;
    }

    private static bool Check<TExpected>(string context, object value, bool fits, out string problem)
    {
        problem = fits ? "" : Mismatch(context, value, typeof(TExpected));
        return fits;
    }

    private static string Mismatch(string context, object value, Type expected)
        => $"Expected {expected.FullName} but got {value.GetType().FullName} deserializing {context}";
}

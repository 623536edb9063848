using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>The arguments of a resource or function, read by their <see cref="InputAttribute"/>s.</summary>
public abstract class InputArgs
{
    private static readonly ConcurrentDictionary<Type, ImmutableArray<Member>> Members = new();

    internal virtual ImmutableDictionary<string, object?> ToDictionary()
    {
        var result = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var member in Members.GetOrAdd(GetType(), Inspect))
        {
            var value = member.Read(this);
            var fullName = $"[Input] {GetType().FullName}.{member.Name}";
            if (value is null && member.Input.IsRequired)
            {
                throw new ArgumentNullException(member.Name, $"{fullName} is required but was not given a value");
            }

            result.Add(member.Input.Name, member.Input.Json ? JsonArgument.From(fullName, value) : value);
        }

        return result.ToImmutable();
    }

    private static ImmutableArray<Member> Inspect(Type type)
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var fields = type.GetFields(Any)
            .Select(field => (field.Name, Input: field.GetCustomAttribute<InputAttribute>(), Read: (Func<object, object?>)field.GetValue));
        var properties = type.GetProperties(Any)
            .Select(property => (property.Name, Input: property.GetCustomAttribute<InputAttribute>(), Read: (Func<object, object?>)property.GetValue));
        return [.. fields.Concat(properties).Where(member => member.Input is not null).Select(member => new Member(member.Name, member.Input!, member.Read))];
    }

    private sealed record Member(string Name, InputAttribute Input, Func<object, object?> Read);
}

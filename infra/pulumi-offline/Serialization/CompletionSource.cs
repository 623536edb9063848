using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Completes one output property of a resource when its registration ends.</summary>
internal interface ICompletionSource
{
    Type TargetType { get; }

    void Set(OutputData<object?> data);

    void TrySetDefault(bool isKnown);

    void TrySetException(Exception exception);
}

internal static class CompletionSource
{
    /// <summary>Gives every <c>[Output]</c> property of the resource an output that is completed later; keyed by schema name.</summary>
    public static ImmutableDictionary<string, ICompletionSource> InitializeOutputs(Resource resource)
    {
        var sources = ImmutableDictionary.CreateBuilder<string, ICompletionSource>();
        foreach (var property in resource.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<OutputAttribute>() is not { } attribute)
            {
                continue;
            }

            var name = attribute.Name ?? property.Name;
            if (!property.PropertyType.IsConstructedGenericType || property.PropertyType.GetGenericTypeDefinition() != typeof(Output<>))
            {
                throw RunException.OutputsHaveIncorrectType([name]);
            }

            // A private setter is visible on the declaring type only.
            var setter = property.DeclaringType!.GetProperty(property.Name)!.GetSetMethod(nonPublic: true)
                ?? throw new InvalidOperationException($"[Output] {resource.GetType().FullName}.{property.Name} did not have a 'set' method");
            var source = Activator.CreateInstance(typeof(CompletionSource<>).MakeGenericType(property.PropertyType.GenericTypeArguments), resource)!;
            setter.Invoke(resource, [source.GetType().GetProperty(nameof(CompletionSource<object>.Output))!.GetValue(source)]);
            sources.Add(name, (ICompletionSource)source);
        }

        return sources.ToImmutable();
    }
}

internal sealed class CompletionSource<T> : ICompletionSource
{
    private readonly ImmutableHashSet<Resource> _resources;
    private readonly TaskCompletionSource<OutputData<T>> _completion = new();

    public CompletionSource(Resource resource)
    {
        _resources = [resource];
        Output = new Output<T>(_completion.Task);
    }

    public Output<T> Output { get; }

    public Type TargetType => typeof(T);

    public void Set(OutputData<object?> data)
        => _completion.SetResult(new OutputData<T>(
            _resources.Union(data.Resources), data.Value is null ? default! : (T)data.Value, data.IsKnown, data.IsSecret));

    public void TrySetDefault(bool isKnown)
        => _completion.TrySetResult(new OutputData<T>(_resources, default!, isKnown, IsSecret: false));

    public void TrySetException(Exception exception) => _completion.TrySetException(exception);
}

using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>Marks arguments whose schema says that they are secret.</summary>
internal static class Secrets
{
    public static Input<T>? Mark<T>(Input<T>? value) => value is null ? null : (Input<T>)Output.CreateSecret(value.ToOutput());

    public static InputList<T> Mark<T>(InputList<T> value) => Output.CreateSecret((Output<ImmutableArray<T>>)value);

    public static InputMap<T> Mark<T>(InputMap<T> value) => Output.CreateSecret((Output<ImmutableDictionary<string, T>>)value);
}

using Hybrid.Stacks.Configuration;
using Pulumi;

namespace Hybrid.Stacks.References;

/// <param name="convert">From what a stack reference gives; the default value where it is of another type.</param>
internal sealed class OutputAdapter<T>(string expected, Func<object, T?> convert) : IOutputAdapter
{
    public object Export(object output, bool secret)
    {
        var exported = ((Output<T>)output).Apply(value => (object)value!);
        return secret ? Output.CreateSecret(exported) : exported;
    }

    public object Import(Output<object> raw, bool secret, Func<string, ConfigurationException> invalid)
    {
        var output = raw.Apply(value => convert(value) is { } typed && !EqualityComparer<T>.Default.Equals(typed, default)
            ? typed
            : throw invalid($"{value.GetType().Name} instead of {expected}"));
        return secret ? Output.CreateSecret(output) : output;
    }
}

using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

public sealed partial class Deployment
{
    internal Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options)
    {
        return new Output<T>(CallAsync());

        async Task<OutputData<T>> CallAsync()
        {
            var serializer = new Serializer();
            var wire = await serializer.SerializeAsync($"invoke:{token}", args ?? InvokeArgs.Empty);
            if (Serializer.ContainsUnknowns(wire))
            {
                return OutputData.Create<T>([], default!, isKnown: false, isSecret: false);
            }

            var dependencies = options is InvokeOutputOptions { DependsOn: var dependsOn } ? await DependencyGatherer.GatherAsync(dependsOn) : [];
            var data = await CallAsync<T>(token, wire, options);
            return new OutputData<T>(
                [.. serializer.Dependencies, .. dependencies, .. data.Resources], (T)data.Value!, data.IsKnown, data.IsSecret);
        }
    }

    internal async Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options)
    {
        var wire = await new Serializer().SerializeAsync($"invoke:{token}", args ?? InvokeArgs.Empty);
        return (T)(await CallAsync<T>(token, wire, options)).Value!;
    }

    private async Task<OutputData<object?>> CallAsync<T>(string token, object? wire, InvokeOptions? options)
    {
        var provider = await ProviderResource.ReferenceAsync(options?.Provider ?? options?.Parent?.GetProvider(token));
        var result = await _monitor.CallAsync(token, (ImmutableDictionary<string, object?>)wire!, provider);
        return new Converter(warning => Log.Warn(warning)).Convert($"{token} result", result, typeof(T));
    }
}

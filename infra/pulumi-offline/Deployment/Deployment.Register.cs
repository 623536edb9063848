using System.Collections.Immutable;
using Pulumi.Serialization;
using Pulumi.Testing;

namespace Pulumi;

public sealed partial class Deployment
{
    internal void ReadOrRegisterResource(Resource resource, ResourceArgs args, ResourceOptions options)
        => Runner.Watch(CompleteResourceAsync(resource, args, options));

    internal void RegisterResourceOutputs(Resource resource, Output<IDictionary<string, object?>> outputs)
    {
        Runner.Watch(RegisterAsync());

        async Task RegisterAsync()
        {
            var urn = await resource.Urn.GetValueAsync(whenUnknown: "");
            var values = await outputs.GetValueAsync(whenUnknown: ImmutableDictionary<string, object?>.Empty);
            var wire = ImmutableDictionary.CreateBuilder<string, object?>();
            foreach (var (name, value) in values)
            {
                if (await new Serializer().SerializeAsync($"{resource.GetResourceName()}.{name}", value) is { } serialized)
                {
                    wire[name] = serialized;
                }
            }

            await _monitor.RegisterOutputsAsync(urn, wire.ToImmutable());
        }
    }

    private async Task CompleteResourceAsync(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        var sources = resource.CompletionSources;
        try
        {
            var state = await RegisterAsync(resource, args, options);
            sources["urn"].Set(Known(state.Urn, isKnown: true));
            if (resource is CustomResource)
            {
                sources["id"].Set(Known(state.Id ?? "", isKnown: !string.IsNullOrEmpty(state.Id)));
            }

            var converter = new Converter(warning => Log.Warn(warning));
            foreach (var (name, source) in sources)
            {
                if (name is not ("urn" or "id") && state.Properties.TryGetValue(name, out var value))
                {
                    source.Set(converter.Convert($"{resource.GetType().FullName}.{name}", value, source.TargetType));
                }
            }
        }
        catch (Exception exception)
        {
            // Whoever waits for an output must learn of the failure instead of waiting for ever.
            foreach (var source in sources.Values)
            {
                source.TrySetException(exception);
            }

            throw;
        }
        finally
        {
            // What the provider did not answer is unknown in a preview and absent after an update.
            foreach (var source in sources.Values)
            {
                source.TrySetDefault(isKnown: !IsDryRun);
            }
        }

        static OutputData<object?> Known(string value, bool isKnown) => new([], value, isKnown, IsSecret: false);
    }

    private async Task<MockState> RegisterAsync(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        if (options.Urn is not null)
        {
            return _monitor.GetRegistered(options.Urn);
        }

        var id = options.Id is null ? null : await options.Id.ToOutput().GetValueAsync(whenUnknown: "");
        if (!string.IsNullOrEmpty(id) && resource is not CustomResource)
        {
            throw new ArgumentException($"{nameof(ResourceOptions)}.{nameof(ResourceOptions.Id)} is only valid for a {nameof(CustomResource)}");
        }

        var dependencies = await DependencyGatherer.GatherAsync(options.DependsOn);
        var serializer = new Serializer();
        var inputs = (ImmutableDictionary<string, object?>)(await serializer.SerializeAsync(
            $"resource:{resource.GetResourceName()}[{resource.GetResourceType()}]", args))!;
        await DependencyGatherer.WaitAsync(serializer.Dependencies.Except(dependencies));
        foreach (var alias in options.Aliases)
        {
            (await alias.ToOutput().GetValueAsync(whenUnknown: new Alias())).Validate();
        }

        var parent = options.Parent is not null ? options.Parent.Urn
            : resource.GetResourceType() == Stack.RootType ? null
            : Stack.Urn;
        var request = new MockRequest(
            resource,
            ParentUrn: parent is null ? "" : await parent.GetValueAsync(whenUnknown: ""),
            Provider: resource is CustomResource ? await ProviderResource.ReferenceAsync(options.Provider) : "",
            inputs);
        return string.IsNullOrEmpty(id)
            ? await _monitor.RegisterAsync(request, (options as CustomResourceOptions)?.ImportId ?? "")
            : await _monitor.ReadAsync(request, id);
    }
}

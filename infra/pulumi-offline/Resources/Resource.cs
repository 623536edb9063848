using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Anything that is registered with the engine: a provider's resource or a component.</summary>
public class Resource
{
    private readonly string _type;
    private readonly string _name;
    private readonly bool _protect;
    private readonly ImmutableArray<ResourceTransformation> _transformations = [];
    private readonly ImmutableDictionary<string, ProviderResource> _providers = ImmutableDictionary<string, ProviderResource>.Empty;
    private readonly List<Resource> _children = [];

    private protected Resource(string type, string name, bool custom, ResourceArgs args, ResourceOptions options, bool remote)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentException.ThrowIfNullOrEmpty(name);
        _type = type;
        _name = name;
        IsRemote = remote;

        // Before anyone can see this object through its parent.
        CompletionSources = CompletionSource.InitializeOutputs(this);

        try
        {
            var deployment = Deployment.InternalInstance;
            var parent = type == Stack.RootType ? null : options.Parent ?? deployment.Stack;
            _transformations = [.. options.ResourceTransformations, .. parent?._transformations ?? []];
            (args, options) = Transform(args, options);

            options = options.Clone();
            if (options.Provider is not null && options is ComponentResourceOptions { Providers.Count: > 0 })
            {
                throw new ResourceException("Do not supply both 'provider' and 'providers' options to a ComponentResource.", options.Parent);
            }

            if (options.Parent is not null)
            {
                options.Parent.AddChild(this);
                options.Protect ??= options.Parent._protect;
                _providers = options.Parent._providers;
            }

            if (custom)
            {
                if (options.Provider is null)
                {
                    options.Provider = options.Parent?.GetProvider(type);
                }
                else if (PackageOf(type) is { } package)
                {
                    _providers = _providers.SetItem(package, options.Provider);
                }
            }
            else
            {
                var providers = options.Provider is not null ? [options.Provider] : ((ComponentResourceOptions)options).Providers;
                _providers = _providers.SetItems(providers.Select(provider => KeyValuePair.Create(provider.Package, provider)));
            }

            _protect = options.Protect == true;
            QualifiedType = options.Parent is null or Pulumi.Stack ? type : $"{options.Parent.QualifiedType}${type}";
            deployment.ReadOrRegisterResource(this, args, options);
        }
        catch (Exception exception)
        {
            // Nothing will complete the outputs of a resource that never came to be.
            foreach (var source in CompletionSources.Values)
            {
                source.TrySetException(exception);
            }

            throw;
        }
    }

    /// <summary>A stand-in that is never registered.</summary>
    private protected Resource(string urn)
    {
        _type = "";
        _name = "";
        QualifiedType = "";
        CompletionSources = ImmutableDictionary<string, ICompletionSource>.Empty;
        Urn = Output.Create(urn);
    }

    /// <summary>The name by which the resource is known within and across deployments.</summary>
    [Output("urn")]
    public Output<string> Urn { get; private protected set; } = null!;

    internal ImmutableDictionary<string, ICompletionSource> CompletionSources { get; }

    internal bool IsRemote { get; }

    /// <summary>The types from the outermost component inwards, joined by <c>$</c>.</summary>
    internal string QualifiedType { get; }

    public string GetResourceType() => _type;

    public string GetResourceName() => _name;

    internal ImmutableArray<Resource> GetChildren()
    {
        lock (_children)
        {
            return [.. _children];
        }
    }

    internal ProviderResource? GetProvider(string moduleMember)
        => PackageOf(moduleMember) is { } package ? _providers.GetValueOrDefault(package) : null;

    private static string? PackageOf(string token) => token.Split(':') is [var package, _, _] ? package : null;

    private void AddChild(Resource child)
    {
        lock (_children)
        {
            _children.Add(child);
        }
    }

    private (ResourceArgs Args, ResourceOptions Options) Transform(ResourceArgs args, ResourceOptions options)
    {
        foreach (var transformation in _transformations)
        {
            if (transformation(new ResourceTransformationArgs(this, args, options)) is { } result)
            {
                if (result.Options.Parent != options.Parent)
                {
                    throw new ArgumentException("Transformations cannot currently be used to change the 'parent' of a resource.");
                }

                (args, options) = (result.Args, result.Options);
            }
        }

        return (args, options);
    }
}

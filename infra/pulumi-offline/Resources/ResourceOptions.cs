namespace Pulumi;

/// <summary>What controls a resource beside its arguments.</summary>
public abstract class ResourceOptions
{
    private List<string>? _ignoreChanges;
    private List<string>? _replaceOnChanges;
    private List<Input<Alias>>? _aliases;
    private List<ResourceTransformation>? _resourceTransformations;
    private List<ResourceTransform>? _resourceTransforms;
    private InputList<Resource>? _dependsOn;

    /// <summary>The id of an existing resource, which is read instead of created.</summary>
    public Input<string>? Id { get; set; }

    public Resource? Parent { get; set; }

    public InputList<Resource> DependsOn
    {
        get => _dependsOn ??= [];
        set => _dependsOn = value;
    }

    /// <summary>Refuses deletion; inherited from the parent where null.</summary>
    public bool? Protect { get; set; }

    public List<string> IgnoreChanges
    {
        get => _ignoreChanges ??= [];
        set => _ignoreChanges = value;
    }

    public List<string> ReplaceOnChanges
    {
        get => _replaceOnChanges ??= [];
        set => _replaceOnChanges = value;
    }

    public string? Version { get; set; }

    public ProviderResource? Provider { get; set; }

    public CustomTimeouts? CustomTimeouts { get; set; }

    public List<ResourceTransformation> ResourceTransformations
    {
        get => _resourceTransformations ??= [];
        set => _resourceTransformations = value;
    }

    /// <summary>Transforms that the engine calls; mocks have no engine and do not call them.</summary>
    public List<ResourceTransform> ResourceTransforms
    {
        get => _resourceTransforms ??= [];
        set => _resourceTransforms = value;
    }

    public List<Input<Alias>> Aliases
    {
        get => _aliases ??= [];
        set => _aliases = value;
    }

    /// <summary>The URN of a registered resource, whose state is taken over.</summary>
    public string? Urn { get; set; }

    public string? PluginDownloadURL { get; set; }

    /// <summary>Drops the resource from the state without deleting it.</summary>
    public bool? RetainOnDelete { get; set; }

    /// <summary>Deleting that resource deletes this one too.</summary>
    public Resource? DeletedWith { get; set; }

    internal abstract ResourceOptions Clone();

    /// <summary>Takes over what the other sets; lists are joined.</summary>
    private protected void TakeOver(ResourceOptions other)
    {
        Id = other.Id ?? Id;
        Parent = other.Parent ?? Parent;
        Protect = other.Protect ?? Protect;
        Urn = other.Urn ?? Urn;
        Version = other.Version ?? Version;
        PluginDownloadURL = other.PluginDownloadURL ?? PluginDownloadURL;
        Provider = other.Provider ?? Provider;
        CustomTimeouts = other.CustomTimeouts ?? CustomTimeouts;
        RetainOnDelete = other.RetainOnDelete ?? RetainOnDelete;
        DeletedWith = other.DeletedWith ?? DeletedWith;
        IgnoreChanges.AddRange(other.IgnoreChanges);
        ReplaceOnChanges.AddRange(other.ReplaceOnChanges);
        ResourceTransformations.AddRange(other.ResourceTransformations);
        ResourceTransforms.AddRange(other.ResourceTransforms);
        Aliases.AddRange(other.Aliases);
        DependsOn = DependsOn.Concat(other.DependsOn);
    }
}

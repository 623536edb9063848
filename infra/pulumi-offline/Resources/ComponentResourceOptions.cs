namespace Pulumi;

/// <summary>What controls a component and is inherited by its children.</summary>
public sealed class ComponentResourceOptions : ResourceOptions
{
    private List<ProviderResource>? _providers;

    public List<ProviderResource> Providers
    {
        get => _providers ??= [];
        set => _providers = value;
    }

    /// <summary>New options of both; the second wins where both set a value, lists (providers among them) are joined.</summary>
    public static ComponentResourceOptions Merge(ComponentResourceOptions? options1, ComponentResourceOptions? options2)
    {
        var merged = new ComponentResourceOptions();
        foreach (var options in new[] { options1, options2 })
        {
            if (options is not null)
            {
                merged.TakeOver(options);
                merged.Providers.AddRange(options.Providers);
                if (options.Provider is not null)
                {
                    merged.Providers.Add(options.Provider);
                }
            }
        }

        merged.Provider = null;
        if (merged.Providers is [var single])
        {
            merged.Provider = single;
            merged.Providers.Clear();
        }

        return merged;
    }

    internal override ResourceOptions Clone()
    {
        var copy = new ComponentResourceOptions();
        copy.TakeOver(this);
        copy.Providers.AddRange(Providers);
        return copy;
    }
}

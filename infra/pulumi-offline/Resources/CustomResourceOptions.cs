namespace Pulumi;

/// <summary>What controls a resource that a provider manages.</summary>
public sealed class CustomResourceOptions : ResourceOptions
{
    private List<string>? _additionalSecretOutputs;

    public bool? DeleteBeforeReplace { get; set; }

    public List<string> AdditionalSecretOutputs
    {
        get => _additionalSecretOutputs ??= [];
        set => _additionalSecretOutputs = value;
    }

    /// <summary>The id of an existing resource, which the next update imports.</summary>
    public string? ImportId { get; set; }

    /// <summary>New options of both; the second wins where both set a value, lists are joined.</summary>
    public static CustomResourceOptions Merge(CustomResourceOptions? options1, CustomResourceOptions? options2)
    {
        var merged = new CustomResourceOptions();
        foreach (var options in new[] { options1, options2 })
        {
            if (options is not null)
            {
                merged.TakeOver(options);
                merged.DeleteBeforeReplace = options.DeleteBeforeReplace ?? merged.DeleteBeforeReplace;
                merged.ImportId = options.ImportId ?? merged.ImportId;
                merged.AdditionalSecretOutputs.AddRange(options.AdditionalSecretOutputs);
            }
        }

        return merged;
    }

    internal override ResourceOptions Clone() => Merge(this, null);
}

namespace Pulumi;

/// <summary>A configured provider that resources can be created with.</summary>
public class ProviderResource : CustomResource
{
    public ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
        : base($"pulumi:providers:{package}", name, args, options)
        => Package = package;

    internal string Package { get; }

    /// <summary>How the engine refers to the provider: <c>urn::id</c>, with a placeholder while the id is unknown.</summary>
    internal static async Task<string> ReferenceAsync(ProviderResource? provider)
    {
        if (provider is null)
        {
            return "";
        }

        var urn = await provider.Urn.GetValueAsync(whenUnknown: "");
        var id = await provider.Id.GetValueAsync(whenUnknown: "");
        return $"{urn}::{(string.IsNullOrEmpty(id) ? Serialization.WireUnknown.Placeholder : id)}";
    }
}

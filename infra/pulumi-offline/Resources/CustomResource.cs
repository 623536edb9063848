namespace Pulumi;

/// <summary>A resource that a provider manages.</summary>
public class CustomResource : Resource
{
    public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : base(type, name, custom: true, args ?? ResourceArgs.Empty, options ?? new CustomResourceOptions(), remote: false)
    {
    }

    /// <summary>The provider's id; unknown until the resource was created.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; } = null!;
}

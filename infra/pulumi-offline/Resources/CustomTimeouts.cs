namespace Pulumi;

/// <summary>How long a provider may take per operation; null is the provider's default.</summary>
public sealed class CustomTimeouts
{
    public TimeSpan? Create { get; set; }

    public TimeSpan? Update { get; set; }

    public TimeSpan? Delete { get; set; }
}

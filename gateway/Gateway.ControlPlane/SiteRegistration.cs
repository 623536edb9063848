namespace Gateway.ControlPlane;

/// <summary>A site to register at start where it is not registered yet; one that exists is left as it is.</summary>
public sealed record SiteRegistration(string Name)
{
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

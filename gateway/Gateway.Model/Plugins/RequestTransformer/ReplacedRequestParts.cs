namespace Gateway.Model.Plugins.RequestTransformer;

/// <inheritdoc/>
public sealed record ReplacedRequestParts : RequestParts
{
    /// <summary>A template of the upstream's whole path; null to leave it.</summary>
    public string? Uri { get; init; }
}

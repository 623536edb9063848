using Hybrid.Infra.Gateway;
using Hybrid.Stacks.References;

namespace Hybrid.Stacks.Configuration;

/// <summary><c>hybrid:image</c>: the gateway's version.</summary>
internal sealed record ImageConfig
{
    /// <summary>The image's tag: a version, never latest.</summary>
    public required string Tag { get; init; }

    /// <summary>The image's digest (sha256:…), which pins it whatever the tag becomes.</summary>
    public string? Digest { get; init; }

    /// <summary>A site's own copy; the foundation's registry when null.</summary>
    public string? Repository { get; init; }

    public GatewayImage In(FoundationOutputs foundation) => new()
    {
        Repository = Repository is null ? foundation.RegistryUrl : Repository,
        Tag = Tag,
        Digest = Digest,
    };
}

using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Registry;

public sealed record ContainerRegistryArgs
{
    /// <summary>The repository's name, such as <c>hybrid-prod/gateway</c>; 2 to 256 characters.</summary>
    public required string RepositoryName { get; init; }

    public required Input<string> KeyArn { get; init; }

    /// <summary>How many released images to keep.</summary>
    public int KeepImages { get; init; } = 50;

    public bool Protect { get; init; } = true;

    internal void Validate()
    {
        Check.Length(RepositoryName, 2, 256, "repositoryName");
        Check.InRange(KeepImages, 1, 10_000, "keepImages");
    }
}

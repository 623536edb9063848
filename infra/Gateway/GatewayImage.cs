using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Gateway;

/// <summary>The gateway's image: a version that never moves, or better its digest.</summary>
public sealed partial record GatewayImage
{
    public required Input<string> Repository { get; init; }

    public required string Tag { get; init; }

    /// <summary>sha256:…; it wins over the tag.</summary>
    public string? Digest { get; init; }

    /// <summary>As a pod names it.</summary>
    public Output<string> Reference => Repository.ToOutput().Apply(repository => Digest is null ? $"{repository}:{Tag}" : $"{repository}@{Digest}");

    internal void Validate()
    {
        Check.Matches(Tag, TagPattern(), "image.tag", "a version, not latest");
        Check.That(Tag is not "latest", "image.tag", "latest moves", "a version");
        if (Digest is not null)
        {
            Check.Matches(Digest, DigestPattern(), "image.digest", "sha256: and 64 hexadecimal digits");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TagPattern();

    [GeneratedRegex("^sha256:[0-9a-f]{64}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DigestPattern();
}

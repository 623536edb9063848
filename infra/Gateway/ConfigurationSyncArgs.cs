using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Gateway;

public sealed partial record ConfigurationSyncArgs
{
    public required Input<string> Namespace { get; init; }

    /// <summary>The control plane's release, in the same namespace.</summary>
    public required string Release { get; init; }

    public required GatewayImage Image { get; init; }

    public required DeclarativeFolder Files { get; init; }

    /// <summary>The Secret of the same namespace whose key <c>token</c> the job shows to the Admin API.</summary>
    public required string TokenSecret { get; init; }

    /// <summary>What has this tag is the files' own: everything else is left alone.</summary>
    public string SelectTag { get; init; } = "base";

    /// <summary>Seconds that the control plane may take to answer, 30 to 1800.</summary>
    public int Wait { get; init; } = 300;

    internal void Validate()
    {
        Check.Slug(Release, 40, "release");
        Check.Matches(SelectTag, TagPattern(), "selectTag", "letters, digits, '.', '_', ':' and '-'");
        Check.InRange(Wait, 30, 1800, "wait");
        Image.Validate();
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TagPattern();
}

using Hybrid.Infra.Certificates;
using Hybrid.Infra.Validation;
using Pulumi;

namespace Hybrid.Infra.Gateway;

public sealed record GatewayReleaseArgs
{
    public required Input<string> Namespace { get; init; }

    public required ChartReference Chart { get; init; }

    public required GatewayImage Image { get; init; }

    public required PodSettings Settings { get; init; }

    public required PodSecrets Secrets { get; init; }

    public required CertificateMaterial Certificate { get; init; }

    /// <summary>The key file's JSON; a secret.</summary>
    public required Input<string> KeyFile { get; init; }

    /// <summary>The first administrator's token, of a control plane; a secret.</summary>
    public Input<string>? AdminToken { get; init; }

    /// <summary>More Secrets of the release's namespace, by name.</summary>
    public IReadOnlyDictionary<string, InputMap<string>> OtherSecrets { get; init; } = new Dictionary<string, InputMap<string>>(StringComparer.Ordinal);

    public required Scaling Scaling { get; init; }

    /// <summary>The chart's values beside those that are built from the rest, by name.</summary>
    public IReadOnlyDictionary<string, object> Values { get; init; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Seconds that an upgrade may take before it is rolled back.</summary>
    public int Timeout { get; init; } = 600;

    internal void Validate()
    {
        // The chart's objects add up to 17 characters to the release's name, and labels hold 63.
        Check.Slug(Secrets.Release, 40, "release");
        Check.InRange(Timeout, 60, 3600, "timeout");
        Image.Validate();
        Scaling.Validate();
    }
}

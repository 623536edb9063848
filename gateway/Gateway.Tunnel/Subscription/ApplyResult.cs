using Gateway.Model;

namespace Gateway.Tunnel.Subscription;

/// <summary>Applied where <see cref="Errors"/> is empty; otherwise refused, with why.</summary>
public sealed record ApplyResult(IReadOnlyList<ModelError> Errors)
{
    public static readonly ApplyResult Applied = new([]);

    public bool IsApplied => Errors.Count == 0;
}

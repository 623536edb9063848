namespace Gateway.Model;

/// <summary>One thing wrong with an input, worded once and rendered per surface.</summary>
/// <param name="Field">Dotted path, as the user wrote it: <c>config.minute</c>, <c>services[2].port</c>.</param>
/// <param name="Problem">What was wrong, in Kong's words where Kong has them: <c>required field missing</c>.</param>
/// <param name="Allowed">What would have been right, where that is not already in the problem.</param>
public sealed record ModelError(string Field, string Problem, string? Allowed = null)
{
    public override string ToString() => Allowed is null ? $"{Field}: {Problem}" : $"{Field}: {Problem} (allowed: {Allowed})";
}

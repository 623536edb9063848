namespace Gateway.Model;

/// <summary>One thing wrong with an input, worded once and rendered per surface.</summary>
/// <param name="Field">Dotted path, as the user wrote it: <c>config.minute</c>, <c>services[2].port</c>.</param>
/// <param name="Problem">What was wrong, in Kong's words where Kong has them: <c>required field missing</c>.</param>
/// <param name="Allowed">What would have been right, where that is not already in the problem.</param>
public sealed record ModelError(string Field, string Problem, string? Allowed = null)
{
    /// <summary>The field of an error that no single field has.</summary>
    public const string Entity = "@entity";

    /// <summary>The problem and what is allowed instead, without the field.</summary>
    public string Text => Allowed is null ? Problem : $"{Problem} (allowed: {Allowed})";

    public override string ToString() => Field is Entity ? Text : $"{Field}: {Text}";
}

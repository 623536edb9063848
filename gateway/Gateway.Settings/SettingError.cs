namespace Gateway.Settings;

/// <summary>One thing wrong with the settings. Never holds a value that is secret.</summary>
/// <param name="Setting">The environment variable's name.</param>
public sealed record SettingError(string Setting, string Problem, string? Allowed = null)
{
    public override string ToString() => Allowed is null ? $"{Setting}: {Problem}" : $"{Setting}: {Problem} (allowed: {Allowed})";
}

namespace Gateway.Settings;

/// <summary>Settings, or everything that is wrong with them.</summary>
/// <param name="Settings">Null where <paramref name="Errors"/> has some.</param>
public sealed record SettingsResult(GatewaySettings? Settings, IReadOnlyList<SettingError> Errors);

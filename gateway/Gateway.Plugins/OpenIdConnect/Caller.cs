namespace Gateway.Plugins.OpenIdConnect;

/// <summary>Who an issuer says calls.</summary>
/// <param name="Hide">Takes what was presented off the request; null where nothing was.</param>
internal sealed record Caller(Claims Claims, string AccessToken, string? IdToken, Action? Hide);

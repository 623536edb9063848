namespace Gateway.Plugins.OpenIdConnect;

/// <summary>A token that its issuer says is active.</summary>
internal sealed record IntrospectedToken(Claims Claims, DateTimeOffset GoodUntil);

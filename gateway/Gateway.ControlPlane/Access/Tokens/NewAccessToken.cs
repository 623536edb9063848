namespace Gateway.ControlPlane.Access.Tokens;

/// <summary>A token that was just made, with what is never shown again.</summary>
internal sealed record NewAccessToken(TokenRecord Record, string Secret)
{
    // The generated one would print the secret.
    public override string ToString() => $"token {Record.Id}";
}

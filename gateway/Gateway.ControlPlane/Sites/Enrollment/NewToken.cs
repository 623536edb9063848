namespace Gateway.ControlPlane.Sites.Enrollment;

/// <summary>A token that was just made, with the secret that is kept nowhere.</summary>
internal sealed record NewToken(TokenRecord Record, byte[] Secret)
{
    // The generated one would print the secret.
    public override string ToString() => Record.ToString();
}

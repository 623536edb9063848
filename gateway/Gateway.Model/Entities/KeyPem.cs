namespace Gateway.Model.Entities;

/// <summary>A key as PEM; at least one half is set.</summary>
public sealed record KeyPem
{
    public string? PrivateKey { get; init; }
    public string? PublicKey { get; init; }
}

namespace Gateway.Model.Entities;

/// <summary>A consumer's user name and password.</summary>
public sealed record BasicAuthCredential : Entity
{
    public required string Username { get; init; }

    /// <summary>A one-way hash once it is stored: see <see cref="Credentials.PasswordHash"/>.</summary>
    public required string Password { get; init; }
    public required EntityReference Consumer { get; init; }
}

namespace Gateway.Settings;

/// <summary>Where PostgreSQL is and how to sign in.</summary>
public sealed record PostgreSqlSettings
{
    public required string Host { get; init; }
    public required int Port { get; init; }
    public required string Database { get; init; }
    public required string User { get; init; }
    public string? Password { get; init; }

    /// <summary>The file that <see cref="Password"/> was read from: read again for each new connection, since passwords are rotated. Null where it did not come from one.</summary>
    public string? PasswordFile { get; init; }
    public required bool Ssl { get; init; }
    public string? SslRootCertificate { get; init; }
    public required TimeSpan Timeout { get; init; }
    public required int MaxPoolSize { get; init; }

    // The generated one would print the password.
    public override string ToString() => $"{User}@{Host}:{Port}/{Database}";
}

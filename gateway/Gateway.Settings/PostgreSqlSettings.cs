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
    /// <summary>Whether to sign in by IAM, in place of a password.</summary>
    public required bool IamAuthentication { get; init; }

    /// <summary>Null for the one in <see cref="Host"/>, or the process's own.</summary>
    public string? IamRegion { get; init; }
    public required bool Ssl { get; init; }
    public string? SslRootCertificate { get; init; }
    public required TimeSpan Timeout { get; init; }
    public required int MaxPoolSize { get; init; }

    // The generated one would print the password.
    public override string ToString() => $"{User}@{Host}:{Port}/{Database}";
}

using Npgsql;

namespace Gateway.ControlPlane;

/// <summary>Where PostgreSQL is and how to sign in.</summary>
public sealed record PostgreSqlOptions
{
    public required string Host { get; init; }
    public int Port { get; init; } = 5432;
    public string Database { get; init; } = "gateway";
    public required string User { get; init; }

    /// <summary>Null where the server asks for none.</summary>
    public string? Password { get; init; }

    /// <summary>A file to read the password from for each new connection, so that a rotation needs no restart; null for <see cref="Password"/>.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>True to sign in to RDS by IAM, with the credentials of AWS's default chain, in place of a password. Needs <see cref="Ssl"/>.</summary>
    public bool IamAuthentication { get; init; }

    /// <summary>The database's AWS region; null for the one in <see cref="Host"/>, or else the process's own.</summary>
    public string? IamRegion { get; init; }

    /// <summary>True to require TLS and to verify the server's certificate and name.</summary>
    public bool Ssl { get; init; }

    /// <summary>PEM file of the CA that signed the server's certificate; null for the system's.</summary>
    public string? SslRootCertificate { get; init; }

    /// <summary>Where to listen for notifications when <see cref="Host"/> is a transaction pooler; null for the same place.</summary>
    public string? ListenHost { get; init; }

    /// <inheritdoc cref="ListenHost"/>
    public int? ListenPort { get; init; }

    /// <summary>At most so many connections per process.</summary>
    public int MaxPoolSize { get; init; } = 20;

    /// <summary>How long connecting, and each command, may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    internal NpgsqlConnectionStringBuilder ToConnectionString() => new()
    {
        Host = Host,
        Port = Port,
        Database = Database,
        Username = User,
        Password = PasswordFile is null && !IamAuthentication ? Password : null,
        SslMode = Ssl ? SslMode.VerifyFull : SslMode.Disable,
        RootCertificate = SslRootCertificate,
        MaxPoolSize = MaxPoolSize,
        Timeout = (int)Timeout.TotalSeconds,
        CommandTimeout = (int)Timeout.TotalSeconds,
        ApplicationName = "gateway control plane",
    };

    // The generated one would print the password.
    public override string ToString() => $"{User}@{Host}:{Port}/{Database}";
}

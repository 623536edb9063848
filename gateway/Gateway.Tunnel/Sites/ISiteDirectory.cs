namespace Gateway.Tunnel.Sites;

/// <summary>Who may join. Answers from what was last read while the database is away.</summary>
public interface ISiteDirectory
{
    /// <summary>Null where no such site is registered.</summary>
    ValueTask<Site?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>The site that asks to join, with a certificate that is in order. Registers it where the directory takes in whom the tunnel's CA vouches for.</summary>
    ValueTask<Site?> AdmitAsync(string name, CancellationToken cancellationToken) => FindAsync(name, cancellationToken);

    /// <summary>Whether an administrator has revoked the certificate, as far as this replica has heard.</summary>
    /// <param name="serialNumber">Lower-case hexadecimal digits.</param>
    bool IsRevoked(string serialNumber);

    /// <summary>Yields after sites or revocations changed, through this replica or another. Signals may be merged and may be spurious.</summary>
    IAsyncEnumerable<long> WatchAsync(CancellationToken cancellationToken);
}

using System.Security.Cryptography;
using Gateway.ControlPlane.Store.Databases;

namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>The key ring's command line: what is sealed under which key, and sealing anew. Beside running control planes on PostgreSQL; SQLite's must be stopped.</summary>
public static class StoreKeys
{
    /// <returns>What is sealed under each key, the ring's in order of their ids.</returns>
    /// <exception cref="StartRefusedException">The key ring or the database can't be used.</exception>
    public static Task<IReadOnlyList<KeyUse>> ReadUseAsync(ControlPlaneOptions options, CancellationToken cancellationToken) =>
        RunAsync(options, rotation => rotation.ReadUseAsync(cancellationToken), cancellationToken);

    /// <summary>Seals everything anew that is not sealed under the active key. May be stopped and repeated.</summary>
    /// <param name="progress">Called now and then with how many rows were sealed since.</param>
    /// <returns>How many rows were sealed anew, and what is sealed under each key now.</returns>
    /// <exception cref="StartRefusedException">As <see cref="ReadUseAsync"/>, or something is sealed under a key that the ring lacks.</exception>
    public static Task<(long Sealed, IReadOnlyList<KeyUse> Use)> RotateAsync(ControlPlaneOptions options, Action<int>? progress, CancellationToken cancellationToken) =>
        RunAsync(options, async rotation => (await rotation.RunAsync(progress, cancellationToken), await rotation.ReadUseAsync(cancellationToken)), cancellationToken);

    private static async Task<T> RunAsync<T>(ControlPlaneOptions options, Func<KeyRotation, Task<T>> work, CancellationToken cancellationToken)
    {
        var ring = KeyRingFile.Read(options.KeyRingPath, out _);
        await using var database = ControlPlaneServices.OpenDatabase(options);
        try
        {
            if (database.IsExclusive)
            {
                // Takes the file, which a running control plane has.
                await database.PrepareAsync(static _ => Task.CompletedTask, cancellationToken);
            }

            return await work(new KeyRotation(database, ring, new EntityCodec(new SecretFields(), new Sealer(ring))));
        }
        catch (CryptographicException exception)
        {
            throw new StartRefusedException($"the key ring {options.KeyRingPath} does not open what the database {database.Description} holds: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is StoreUnavailableException || database.Classify(exception) is StoreFailure.Unavailable or StoreFailure.Conflict)
        {
            throw new StartRefusedException($"the database {database.Description} is not available: {exception.GetBaseException().Message}", exception);
        }
    }
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Gateway.Model.Credentials;
using Gateway.Model.Entities;

namespace Gateway.Plugins.BasicAuth;

/// <summary>
/// Verifies passwords, and remembers of each credential the one that was right, as a hash under a key of this process: its next request costs a microsecond, not milliseconds.
/// </summary>
internal sealed class VerifiedPasswords
{
    private const int Bound = 100_000;
    private const int HashSize = HMACSHA256.HashSizeInBytes;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(HashSize);
    private readonly ConcurrentDictionary<Guid, Verified> _verified = new();

    // What nobody's password is compared with.
    private readonly Lazy<string> _nobody = new(() => PasswordHash.Create(Convert.ToHexString(RandomNumberGenerator.GetBytes(HashSize))));

    /// <summary>Whether this is the credential's password. Takes as long where there is no credential, so that nobody learns who has one.</summary>
    /// <param name="password">In UTF-8, and valid.</param>
    public bool Verify(BasicAuthCredential? credential, ReadOnlySpan<byte> password)
    {
        Span<byte> mac = stackalloc byte[HashSize];
        HMACSHA256.HashData(_key, password, mac);
        if (credential is null)
        {
            PasswordHash.Verify(_nobody.Value, Guid.Empty, Encoding.UTF8.GetString(password));
            return false;
        }

        if (_verified.TryGetValue(credential.Id, out var known)
            && string.Equals(known.Hash, credential.Password, StringComparison.Ordinal)
            && CryptographicOperations.FixedTimeEquals(known.Mac, mac))
        {
            return true;
        }

        if (!PasswordHash.Verify(credential.Password, credential.Consumer.Id, Encoding.UTF8.GetString(password)))
        {
            return false;
        }

        // Credentials come and go: this is not to grow for ever.
        if (_verified.Count >= Bound)
        {
            _verified.Clear();
        }

        _verified[credential.Id] = new Verified(credential.Password, mac.ToArray());
        return true;
    }

    /// <param name="Hash">The password's as it was stored then: another one stands for another password.</param>
    private sealed record Verified(string Hash, byte[] Mac);
}

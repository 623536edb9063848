using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Model.Credentials;

/// <summary>
/// Passwords as they are stored and published: one-way, salted, slow. <c>$pbkdf2-sha256$i=ITERATIONS$SALT$HASH</c> (Base64); <c>$kong-sha1$HEX</c> is what Kong stores,
/// so that its users keep their passwords.
/// </summary>
/// <remarks>
/// The cost is a balance. NIST SP 800-63B asks for at least 10,000 iterations; more would protect a stolen table better, but a data plane checks a password with every
/// request that it has not seen just before, and an attacker may send wrong ones: at 10,000 each costs it about 2 ms of one core.
/// </remarks>
public static class PasswordHash
{
    private const string Scheme = "$pbkdf2-sha256$";
    private const string KongScheme = "$kong-sha1$";
    private const int Iterations = 10_000;
    private const int FewestIterations = 1_000;
    private const int MostIterations = 1_000_000;
    private const int SaltSize = 16;
    private const int HashSize = 32;

    /// <summary>A new hash with a salt of its own.</summary>
    public static string Create(string password)
    {
        Span<byte> salt = stackalloc byte[SaltSize];
        Span<byte> hash = stackalloc byte[HashSize];
        RandomNumberGenerator.Fill(salt);
        Rfc2898DeriveBytes.Pbkdf2(password, salt, hash, Iterations, HashAlgorithmName.SHA256);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}i={Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <summary>Whether a text says that it is a hash, be it a right one or not: no password begins so.</summary>
    public static bool IsMeantAsHash(string text) => text.StartsWith(Scheme, StringComparison.Ordinal) || text.StartsWith(KongScheme, StringComparison.Ordinal);

    /// <summary>Whether <see cref="Verify"/> can read it.</summary>
    public static bool IsHash(string text) => TryRead(text, out _, out _, out _) || TryReadKong(text, out _);

    /// <summary>Kong's own form, 40 hexadecimal digits, as its exports with <c>_transform: false</c> hold it; null where the text is not of that form.</summary>
    public static string? OfKong(string text) =>
        text.Length == 40 && text.All(char.IsAsciiHexDigit) ? KongScheme + text.ToLowerInvariant() : null;

    /// <summary>Whether this is the password; takes as long for a wrong one.</summary>
    /// <param name="hash">What is stored. False for what is no hash.</param>
    /// <param name="consumer">Whose it is: Kong's form is salted with that.</param>
    public static bool Verify(string hash, Guid consumer, ReadOnlySpan<char> password)
    {
        if (TryRead(hash, out var iterations, out var salt, out var expected))
        {
            Span<byte> actual = stackalloc byte[HashSize];
            Rfc2898DeriveBytes.Pbkdf2(password, salt, actual, iterations, HashAlgorithmName.SHA256);
            return CryptographicOperations.FixedTimeEquals(actual, expected);
        }

        // Kong's choice, for passwords that come from there.
#pragma warning disable CA5350
        return TryReadKong(hash, out expected)
            && CryptographicOperations.FixedTimeEquals(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(password, consumer.ToString("D")))), expected);
#pragma warning restore CA5350
    }

    private static bool TryRead(string text, out int iterations, out byte[] salt, out byte[] hash)
    {
        (iterations, salt, hash) = (0, [], []);
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = text[Scheme.Length..].Split('$');
        return parts.Length == 3
            && parts[0].StartsWith("i=", StringComparison.Ordinal)
            && int.TryParse(parts[0].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out iterations)
            && iterations is >= FewestIterations and <= MostIterations
            && TryReadBytes(parts[1], out salt) && salt.Length is >= 8 and <= 64
            && TryReadBytes(parts[2], out hash) && hash.Length == HashSize;
    }

    private static bool TryReadKong(string text, out byte[] hash)
    {
        hash = [];
        if (!text.StartsWith(KongScheme, StringComparison.Ordinal) || OfKong(text[KongScheme.Length..]) is null)
        {
            return false;
        }

        hash = Convert.FromHexString(text.AsSpan(KongScheme.Length));
        return true;
    }

    private static bool TryReadBytes(string text, out byte[] bytes)
    {
        var buffer = new byte[text.Length];
        var isRead = Convert.TryFromBase64String(text, buffer, out var length);
        bytes = isRead ? buffer[..length] : [];
        return isRead;
    }
}

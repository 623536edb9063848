using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Model.Plugins.OpenIdConnect;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>
/// Encrypts what browsers keep for us: AES-256-GCM under a key that HKDF makes of the secret for one purpose, issuer and client, so that no cookie can be used in another's place. Every data
/// plane with the same configuration reads what any of them has written.
/// </summary>
internal sealed class CookieSealer<T>
    where T : class
{
    private const byte Format = 1;
    private const int TagSize = 16;
    private const int NonceSize = 12;

    private readonly byte[] _key;
    private readonly byte[] _context;

    public CookieSealer(OpenIdConnectConfig config, string purpose)
    {
        var secret = config.SessionSecret ?? config.ClientSecret.One() ?? throw new InvalidOperationException("There is neither a session_secret nor a client_secret.");
        _context = Encoding.UTF8.GetBytes(string.Join('\n', "openid-connect", purpose, config.SessionAudience, config.Issuer, config.ClientId.One()));
        _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, salt: null, info: _context);
    }

    public string Seal(T content)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(content);
        var output = new byte[1 + NonceSize + plain.Length + TagSize];
        output[0] = Format;
        var nonce = output.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, TagSize);
        cipher.Encrypt(nonce, plain, output.AsSpan(1 + NonceSize, plain.Length), output.AsSpan(output.Length - TagSize), _context);
        return Base64Url.EncodeToString(output);
    }

    /// <summary>Null for anything that was not sealed with this key for this purpose.</summary>
    public T? Open(string text)
    {
        if (!Base64Url.IsValid(text, out var length) || length < 1 + NonceSize + TagSize)
        {
            return null;
        }

        var input = Base64Url.DecodeFromChars(text);
        if (input[0] != Format)
        {
            return null;
        }

        var plain = new byte[input.Length - 1 - NonceSize - TagSize];
        try
        {
            using var cipher = new AesGcm(_key, TagSize);
            cipher.Decrypt(input.AsSpan(1, NonceSize), input.AsSpan(1 + NonceSize, plain.Length), input.AsSpan(input.Length - TagSize), plain, _context);
            return JsonSerializer.Deserialize<T>(plain);
        }
        catch (Exception foreign) when (foreign is AuthenticationTagMismatchException or JsonException)
        {
            // Tampered with, or sealed under a secret that was replaced.
            return null;
        }
    }
}

using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Commands.Admin;

/// <summary>An Admin API, and what is shown to it.</summary>
/// <param name="Url">Ends with a slash.</param>
/// <param name="Token">A secret; null for none.</param>
/// <param name="CaFile">PEM bundle that its certificate must chain to; null for the system's.</param>
internal sealed record AdminAddress(Uri Url, string? Token, string? CaFile)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <exception cref="CommandException">The CAs can't be read.</exception>
    public HttpClient CreateClient(TimeSpan timeout)
    {
        var handler = new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, AllowAutoRedirect = false };
        if (CaFile is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            try
            {
                policy.CustomTrustStore.ImportFromPemFile(CaFile);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException)
            {
                throw new CommandException($"--ca-file: cannot use {CaFile} ({problem.Message.TrimEnd('.')})");
            }

            handler.SslOptions.CertificateChainPolicy = policy;
        }

        var client = new HttpClient(handler) { BaseAddress = Url, Timeout = timeout };
        if (Token is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }

        return client;
    }

    // The generated one would print the token.
    public override string ToString() => Url.ToString();
}

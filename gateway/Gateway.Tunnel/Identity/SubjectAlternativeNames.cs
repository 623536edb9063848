using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tunnel.Identity;

/// <summary>Reads the URIs of a certificate's subject alternative names, which the framework's own reader skips.</summary>
internal static class SubjectAlternativeNames
{
    private const string ExtensionOid = "2.5.29.17";
    private static readonly Asn1Tag UriTag = new(TagClass.ContextSpecific, 6);

    /// <exception cref="CryptographicException">The extension is malformed, or there are two of it.</exception>
    public static IReadOnlyList<string> ReadUris(X509Certificate2 certificate)
    {
        var uris = new List<string>();
        var seen = false;
        foreach (var extension in certificate.Extensions)
        {
            if (extension.Oid?.Value != ExtensionOid)
            {
                continue;
            }

            if (seen)
            {
                throw new CryptographicException("the certificate has two subject alternative name extensions");
            }

            seen = true;
            ReadUris(extension.RawData, uris);
        }

        return uris;
    }

    private static void ReadUris(byte[] extension, List<string> uris)
    {
        try
        {
            var names = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                if (names.PeekTag().HasSameClassAndValue(UriTag))
                {
                    uris.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, UriTag));
                }
                else
                {
                    names.ReadEncodedValue();
                }
            }
        }
        catch (AsnContentException error)
        {
            throw new CryptographicException("the certificate's subject alternative names are malformed", error);
        }
    }
}

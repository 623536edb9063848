using System.Formats.Asn1;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Gateway.Plugins.MtlsAuth;

/// <summary>What a certificate calls its holder.</summary>
/// <param name="All">The subject alternative names (DNS, e-mail, URI, address), then the common name.</param>
/// <param name="CommonName">Null where there is none.</param>
/// <param name="DistinguishedName">The subject as RFC 4514 writes it, in ASCII.</param>
internal sealed record CertificateNames(IReadOnlyList<string> All, string? CommonName, string DistinguishedName)
{
    private const string AlternativeNames = "2.5.29.17";
    private const string CommonNameType = "2.5.4.3";

    public static CertificateNames Of(X509Certificate2 certificate)
    {
        var names = new List<string>();
        if (certificate.Extensions[AlternativeNames] is { } extension)
        {
            Read(extension.RawData, names);
        }

        string? commonName = null;
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false))
        {
            if (!part.HasMultipleElements && part.GetSingleElementType().Value == CommonNameType)
            {
                commonName ??= part.GetSingleElementValue();
            }
        }

        if (commonName is not null)
        {
            names.Add(commonName);
        }

        return new CertificateNames(names, commonName, Printable(certificate.SubjectName.Decode(X500DistinguishedNameFlags.Reversed | X500DistinguishedNameFlags.UseCommas)));
    }

    /// <summary>Anything but printable ASCII as <c>\XX</c>, by its bytes in UTF-8: nothing that a header cannot hold, or that could end one.</summary>
    public static string Printable(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var printable = new StringBuilder(text.Length + 16);
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            if (unit is >= (byte)' ' and <= (byte)'~')
            {
                printable.Append((char)unit);
            }
            else
            {
                printable.Append(CultureInfo.InvariantCulture, $"\\{unit:X2}");
            }
        }

        return printable.ToString();
    }

    // GeneralNames of RFC 5280, section 4.2.1.6.
    private static void Read(byte[] extension, List<string> names)
    {
        var sequence = new AsnReader(extension, AsnEncodingRules.DER).ReadSequence();
        while (sequence.HasData)
        {
            var tag = sequence.PeekTag();
            switch (tag.TagValue)
            {
                case 1 or 2 or 6 when tag.TagClass is TagClass.ContextSpecific:
                    names.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                    break;
                case 7 when tag.TagClass is TagClass.ContextSpecific && sequence.ReadOctetString(tag) is { Length: 4 or 16 } address:
                    names.Add(new IPAddress(address).ToString());
                    break;
                default:
                    sequence.ReadEncodedValue();
                    break;
            }
        }
    }
}

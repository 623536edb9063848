using System.Collections.Immutable;
using Gateway.DataPlane.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Configuration;

/// <summary>Certificates by id and by the names that they answer for, and the authorities that services may trust.</summary>
internal sealed record CertificateIndex
{
    public static readonly CertificateIndex Empty = new();

    private const string Everything = "*";

    public ImmutableDictionary<Guid, CertificateModel> Certificates { get; init; } = ImmutableDictionary<Guid, CertificateModel>.Empty;

    public ImmutableDictionary<Guid, Sni> Snis { get; init; } = ImmutableDictionary<Guid, Sni>.Empty;

    /// <summary>Names and wildcards as they are written, to certificates.</summary>
    public ImmutableDictionary<string, Guid> ByName { get; init; } = ImmutableDictionary.Create<string, Guid>(StringComparer.OrdinalIgnoreCase);

    public ImmutableDictionary<Guid, AuthorityModel> Authorities { get; init; } = ImmutableDictionary<Guid, AuthorityModel>.Empty;

    /// <summary>
    /// As Kong: the name itself, then a wildcard for its first label, then one for its last, then <c>*</c>. Null where there is none of these.
    /// </summary>
    public CertificateModel? Find(string? serverName)
    {
        if (ByName.IsEmpty)
        {
            return null;
        }

        if (!string.IsNullOrEmpty(serverName))
        {
            var name = serverName.TrimEnd('.');
            if (ByName.TryGetValue(name, out var id)
                || (name.IndexOf('.', StringComparison.Ordinal) is > 0 and var first && ByName.TryGetValue(string.Concat("*", name.AsSpan(first)), out id))
                || (name.LastIndexOf('.') is > 0 and var last && ByName.TryGetValue(string.Concat(name.AsSpan(0, last + 1), "*"), out id)))
            {
                return Certificates[id];
            }
        }

        return ByName.TryGetValue(Everything, out var fallback) ? Certificates[fallback] : null;
    }
}

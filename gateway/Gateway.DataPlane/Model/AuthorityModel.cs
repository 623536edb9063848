using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Model;
using Gateway.Model.Entities;

namespace Gateway.DataPlane.Model;

/// <summary>A certificate authority that something may trust.</summary>
internal sealed class AuthorityModel
{
    private AuthorityModel(CaCertificate entity, X509Certificate2 certificate)
    {
        Entity = entity;
        Certificate = certificate;
    }

    public CaCertificate Entity { get; }

    public X509Certificate2 Certificate { get; }

    /// <param name="known">That of the entity before this one, which is kept where the certificate is the same.</param>
    public static AuthorityModel? Create(CaCertificate entity, AuthorityModel? known, ICollection<ModelError> errors)
    {
        if (known is not null && known.Entity.Cert == entity.Cert)
        {
            return known;
        }

        try
        {
            return new AuthorityModel(entity, X509Certificate2.CreateFromPem(entity.Cert));
        }
        catch (CryptographicException)
        {
            errors.Add(new ModelError($"{EntityKinds.CaCertificates}[{entity.Id}].cert", "cannot be read", "a certificate in PEM"));
            return null;
        }
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Gateway.Model.Entities;
using Gateway.Model.Schemas;
using Hybrid.Testing;

namespace Gateway.Model.Tests.Schemas;

public sealed class CertificateSchemaTests
{
    private static readonly TestPem Ec = TestPem.Leaf("a.example.com");
    private static readonly TestPem Rsa = TestPem.Leaf("a.example.com", isRsa: true);

    [Fact]
    public void A_certificate_with_its_key_is_accepted_and_so_is_one_with_its_issuers()
    {
        Assert.Empty(Errors(Pair(Ec)));
        Assert.Empty(Errors(Pair(Ec with { Certificate = Ec.Certificate + "\n" + TestPem.Authority("issuer").Certificate })));
    }

    [Fact]
    public void A_key_of_another_certificate_is_refused()
    {
        Assert.Equal(["cert: certificate does not match key"], Errors(Pair(Ec with { Key = TestPem.Leaf("b").Key })));
        Assert.Equal(["cert: certificate does not match key"], Errors(Pair(Ec with { Key = Rsa.Key })));
    }

    [Fact]
    public void What_is_no_PEM_is_refused_by_field()
    {
        Assert.Equal(
            [
                "cert: invalid certificate: expected one or more certificates in PEM, the one of the key first",
                "key: invalid key: expected an RSA or elliptic-curve private key in PEM, not encrypted",
            ],
            Errors(Pair(new TestPem("x", Ec.PublicKey))));
    }

    [Fact]
    public void An_encrypted_key_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));

        Assert.Equal(["key: invalid key: expected an RSA or elliptic-curve private key in PEM, not encrypted"], Errors(Pair(Ec with { Key = encrypted })));
    }

    [Fact]
    public void An_alternative_needs_both_halves_and_a_key_of_the_other_kind()
    {
        var input = Pair(Ec);
        input["cert_alt"] = Rsa.Certificate;
        Assert.Equal(["all or none of these fields must be set: 'cert_alt', 'key_alt'"], Errors(input));

        input["key_alt"] = Rsa.Key;
        Assert.Empty(Errors(input));

        var other = TestPem.Leaf("other");
        (input["cert_alt"], input["key_alt"]) = (other.Certificate, other.Key);
        Assert.StartsWith("cert_alt: certificate and alternative certificate need to have different type", Assert.Single(Errors(input)), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_an_authority_is_an_authority_and_its_digest_is_added()
    {
        var authority = TestPem.Authority("root");
        using var certificate = X509Certificate2.CreateFromPem(authority.Certificate);
        var digest = Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));

        var result = Normalise(EntityKinds.CaCertificates, new JsonObject { ["cert"] = authority.Certificate, ["cert_digest"] = "of something else" });

        Assert.Equal(digest, (string?)result.Entity!["cert_digest"]);
        Assert.Equal(
            ["cert: certificate does not appear to be a CA because it is missing the \"CA\" basic constraint"],
            Errors(new JsonObject { ["cert"] = Ec.Certificate }, EntityKinds.CaCertificates));
        Assert.Equal(
            ["cert: please submit only one certificate at a time"],
            Errors(new JsonObject { ["cert"] = authority.Certificate + "\n" + authority.Certificate }, EntityKinds.CaCertificates));
    }

    [Fact]
    public void A_tokens_key_fits_its_algorithm()
    {
        static JsonObject Secret(string algorithm, string key) => new()
        {
            ["key"] = "issuer",
            ["algorithm"] = algorithm,
            ["rsa_public_key"] = key,
            ["consumer"] = new JsonObject { ["id"] = Guid.NewGuid().ToString() },
        };

        Assert.Empty(Errors(Secret("RS256", Rsa.PublicKey), EntityKinds.JwtSecrets));
        Assert.Empty(Errors(Secret("ES256", Ec.PublicKey), EntityKinds.JwtSecrets));
        Assert.Equal(["rsa_public_key: invalid key (allowed: an RSA public key in PEM)"], Errors(Secret("RS256", Ec.PublicKey), EntityKinds.JwtSecrets));
        Assert.Equal(["rsa_public_key: invalid key (allowed: an elliptic-curve public key in PEM)"], Errors(Secret("ES384", Rsa.PublicKey), EntityKinds.JwtSecrets));
    }

    [Fact]
    public void A_key_has_one_form()
    {
        JsonObject Key(string? jwk, bool pem) => new()
        {
            ["kid"] = "a",
            ["jwk"] = jwk,
            ["pem"] = pem ? new JsonObject { ["public_key"] = Ec.PublicKey, ["private_key"] = Ec.Key } : null,
        };

        Assert.Empty(Errors(Key(null, pem: true), EntityKinds.Keys));
        Assert.Empty(Errors(Key("""{"kid":"a","kty":"oct","k":"AAAA"}""", pem: false), EntityKinds.Keys));
        Assert.Equal(["only one or none of these fields must be set: 'jwk', 'pem'"], Errors(Key("""{"kid":"a","kty":"oct","k":"AAAA"}""", pem: true), EntityKinds.Keys));
    }

    private static JsonObject Pair(TestPem pem) => new() { ["cert"] = pem.Certificate, ["key"] = pem.Key };

    private static IEnumerable<string> Errors(JsonObject input, string kind = EntityKinds.Certificates) => Normalise(kind, input).Errors.Select(error => error.ToString());

    private static NormaliseResult Normalise(string kind, JsonObject input) => EntitySchemas.For(kind).Normalise(input, NormaliseMode.Insert, existing: null, TimeProvider.System);
}

namespace Gateway.Tunnel.Identity;

/// <summary>The contents of all three certificate files, as PEM.</summary>
internal sealed record CertificateFileSet(string Certificate, string Key, string Authorities)
{
    // The generated one would print the key.
    public override string ToString() => "certificate, key and authorities";
}

namespace Gateway.ControlPlane.Sites.Certificates;

/// <summary>A certificate that a control plane signed. Times are Unix times in whole seconds.</summary>
internal sealed record CertificateRecord(
    string SerialNumber, string Site, string Cause, string Authority, string Address, long IssuedAt, long NotAfter, long? RevokedAt);

namespace Gateway.ControlPlane.Store.Schema;

/// <summary>A certificate that a control plane signed.</summary>
internal sealed class IssuedCertificateRow
{
    /// <summary>Lower-case hexadecimal digits.</summary>
    public required string SerialNumber { get; set; }
    public required string Site { get; set; }

    /// <summary><c>enrollment</c> or <c>renewal</c>.</summary>
    public required string Cause { get; set; }

    /// <summary>The fingerprint of the authority that signed.</summary>
    public required string Authority { get; set; }

    /// <summary>The address that asked for it.</summary>
    public required string Address { get; set; }

    /// <summary>Unix time in whole seconds.</summary>
    public long IssuedAt { get; set; }
    public long NotAfter { get; set; }
}

namespace Gateway.ControlPlane.Store.Schema;

/// <summary>A certificate that is refused, whoever issued it.</summary>
internal sealed class RevokedCertificateRow
{
    /// <summary>Lower-case hexadecimal digits.</summary>
    public required string SerialNumber { get; set; }
    public required string Principal { get; set; }
    public string? Reason { get; set; }

    /// <summary>Unix time in whole seconds.</summary>
    public long RevokedAt { get; set; }
}

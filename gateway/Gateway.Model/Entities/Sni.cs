namespace Gateway.Model.Entities;

/// <summary>A server name of TLS and the certificate that answers for it.</summary>
public sealed record Sni : Entity
{
    /// <summary>A host name; <c>*.example.com</c> or <c>example.*</c>, which stand for one or more labels; or <c>*</c>, for all that have no other.</summary>
    public required string Name { get; init; }
    public required EntityReference Certificate { get; init; }
}

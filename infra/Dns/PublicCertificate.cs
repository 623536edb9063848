using Hybrid.Infra.Validation;
using Pulumi;
using Pulumi.Aws.Acm;
using Pulumi.Aws.Route53;

namespace Hybrid.Infra.Dns;

/// <summary>A certificate that browsers trust, proven by a record in our zone and renewed by AWS.</summary>
public sealed class PublicCertificate : AreaComponent
{
    public PublicCertificate(string name, Output<string> domain, Input<string> zoneId, ComponentResourceOptions options)
        : base("dns:PublicCertificate", name, options)
    {
        var certificate = new Certificate(ChildName("certificate"), new CertificateArgs
        {
            DomainName = domain,
            ValidationMethod = "DNS",
            KeyAlgorithm = "EC_prime256v1",
        }, Child());
        var option = certificate.DomainValidationOptions.Apply(known =>
            known.IsEmpty ? throw new InvalidArgumentsException("domain", "ACM asks for no proof", "a domain to prove") : known[0]);
        var record = new Record(ChildName("proof"), new RecordArgs
        {
            ZoneId = zoneId,
            Name = option.Apply(proof => proof.ResourceRecordName!),
            Type = RecordType.CNAME,
            Records = { option.Apply(proof => proof.ResourceRecordValue!) },
            Ttl = 300,
            AllowOverwrite = true,
        }, Child());
        var validation = new CertificateValidation(ChildName("validation"), new CertificateValidationArgs
        {
            CertificateArn = certificate.Arn,
            ValidationRecordFqdns = { record.Fqdn },
        }, Child());
        Arn = validation.CertificateArn;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["arn"] = Arn });
    }

    public Output<string> Arn { get; }
}

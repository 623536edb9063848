using Hybrid.Infra.Certificates;
using Hybrid.Infra.Iam;
using Pulumi;
using Pulumi.Aws.Iam;
using Pulumi.Aws.RolesAnywhere;
using Pulumi.Aws.RolesAnywhere.Inputs;

namespace Hybrid.Infra.Anywhere;

/// <summary>
/// A site's way to AWS without stored keys: IAM Roles Anywhere trusts the tunnel's CA, and the role opens to the one URI name that stands in the site's
/// certificate.
/// </summary>
public sealed class SiteAwsIdentity : AreaComponent
{
    public SiteAwsIdentity(string name, SiteAwsIdentityArgs args, ComponentResourceOptions options)
        : base("anywhere:SiteAwsIdentity", name, options)
    {
        args.Validate();
        var anchor = new TrustAnchor(ChildName("anchor"), new TrustAnchorArgs
        {
            Name = ChildName("anchor"),
            Enabled = true,
            Source = new TrustAnchorSourceArgs
            {
                SourceType = "CERTIFICATE_BUNDLE",
                SourceData = new TrustAnchorSourceSourceDataArgs { X509CertificateData = args.CaBundle },
            },
            NotificationSettings =
            {
                new TrustAnchorNotificationSettingArgs { Event = "CA_CERTIFICATE_EXPIRY", Channel = "ALL", Enabled = true, Threshold = 90 },
                new TrustAnchorNotificationSettingArgs { Event = "END_ENTITY_CERTIFICATE_EXPIRY", Channel = "ALL", Enabled = true, Threshold = 21 },
            },
        }, Child());
        var role = new Role(ChildName("role"), new RoleArgs
        {
            Name = args.RoleName!,
            Description = $"Pods at the site {args.Site}",
            MaxSessionDuration = Math.Max(3600, args.SessionDuration),
            AssumeRolePolicy = PolicyDocument.Of(new Statement
            {
                Sid = "AssumeByCertificate",
                Actions = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
                Principal = Statement.Service("rolesanywhere.amazonaws.com"),
                Conditions =
                [
                    new("StringEquals", "aws:PrincipalTag/x509SAN/URI", args.TrustDomain.Apply(domain => TunnelAuthority.SiteIdentity(domain, args.Site))),
                    new("ArnEquals", "aws:SourceArn", anchor.Arn),
                ],
            }),
        }, Child());
        var policy = new RolePolicy(ChildName("policy"), new RolePolicyArgs { Role = role.Id, Policy = PolicyDocument.Of(args.Statements) }, Child());
        var profile = new Profile(ChildName("profile"), new ProfileArgs
        {
            Name = ChildName("profile"),
            Enabled = true,
            RoleArns = { role.Arn },
            DurationSeconds = args.SessionDuration,
        }, Child(policy));

        TrustAnchorArn = anchor.Arn;
        ProfileArn = profile.Arn;
        RoleArn = role.Arn;
        RegisterOutputs(new Dictionary<string, object?>(StringComparer.Ordinal) { ["roleArn"] = RoleArn });
    }

    public Output<string> TrustAnchorArn { get; }

    public Output<string> ProfileArn { get; }

    public Output<string> RoleArn { get; }
}

using System.Collections.Immutable;
using Hybrid.Infra.Certificates;
using Hybrid.Stacks.Configuration;
using Hybrid.Stacks.References;
using Pulumi;

namespace Hybrid.Stacks.Layers;

/// <summary>Finds the certificate that the control plane issued to a site.</summary>
internal static class SiteCertificates
{
    public static CertificateMaterial Of(string site, ControlPlaneOutputs controlPlane, StackConfiguration configuration) => new(
        controlPlane.SiteCertificates.Apply(sites => Find(sites, site, configuration)),
        Output.CreateSecret(controlPlane.SiteKeys.Apply(sites => Find(sites, site, configuration))),
        controlPlane.CaBundle);

    private static string Find(ImmutableDictionary<string, string> sites, string site, StackConfiguration configuration) => sites.TryGetValue(site, out var pem)
        ? pem
        : throw configuration.Invalid(
            "site",
            $"the control plane has issued no certificate to '{site}'",
            $"a site of its hybrid:tunnel.sites ({string.Join(", ", sites.Keys.Order(StringComparer.Ordinal))})");
}

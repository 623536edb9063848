using Pulumi;

namespace Hybrid.Infra.Certificates;

/// <summary>What one end of the tunnels holds, all PEM.</summary>
/// <param name="PrivateKey">A secret.</param>
/// <param name="CaBundle">Every generation of the CA that peers may come from.</param>
public sealed record CertificateMaterial(Output<string> Certificate, Output<string> PrivateKey, Output<string> CaBundle);

using Pulumi;

namespace Hybrid.Stacks.Layers;

/// <summary>The names under which data planes find the tunnels; they stand in the control plane's certificate.</summary>
/// <param name="domain">The environment's domain.</param>
internal sealed class TunnelHosts(Output<string> domain)
{
    public Output<string> Cluster => Output.Format($"control-plane.{domain}");

    public Output<string> Telemetry => Output.Format($"telemetry.{domain}");

    public Output<string> Enrollment => Output.Format($"enrollment.{domain}");

    public Output<string> ClusterEndpoint => Output.Format($"{Cluster}:8005");

    public Output<string> TelemetryEndpoint => Output.Format($"{Telemetry}:8006");

    public Output<string> EnrollmentEndpoint => Output.Format($"{Enrollment}:8004");
}

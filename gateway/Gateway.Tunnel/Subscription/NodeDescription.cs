using System.Runtime.InteropServices;
using Gateway.Tunnel.Protocol;

namespace Gateway.Tunnel.Subscription;

/// <summary>Where this process runs, for administrators. Pod names come through Kubernetes' downward API.</summary>
internal static class NodeDescription
{
    public static Node Read() => new()
    {
        OperatingSystem = RuntimeInformation.OSDescription,
        Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
        KubernetesNode = Environment.GetEnvironmentVariable("NODE_NAME") ?? "",
        KubernetesNamespace = Environment.GetEnvironmentVariable("POD_NAMESPACE") ?? "",
        KubernetesPod = Environment.GetEnvironmentVariable("POD_NAME") ?? "",
    };
}

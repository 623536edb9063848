using k8s.Models;

namespace Hybrid.Infra.Tests.Chart.Manifests;

/// <summary>
/// The profile <c>restricted</c> of the Pod Security Standards (kubernetes.io/docs/concepts/security/pod-security-standards, which includes <c>baseline</c>): what the admission
/// controller of a namespace with that label refuses.
/// </summary>
internal static class RestrictedProfile
{
    private static readonly string[] SafeSysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
        "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
    ];

    public static IEnumerable<string> Violations(V1PodSpec pod)
    {
        if (pod.HostNetwork is true || pod.HostPID is true || pod.HostIPC is true)
        {
            yield return "a namespace of the host's";
        }

        foreach (var volume in pod.Volumes ?? [])
        {
            if (volume is { ConfigMap: null, Csi: null, DownwardAPI: null, EmptyDir: null, Ephemeral: null, PersistentVolumeClaim: null, Projected: null, Secret: null })
            {
                yield return $"volume {volume.Name}: its type";
            }
        }

        foreach (var sysctl in pod.SecurityContext?.Sysctls?.Where(sysctl => !SafeSysctls.Contains(sysctl.Name, StringComparer.Ordinal)) ?? [])
        {
            yield return $"sysctl {sysctl.Name}";
        }

        foreach (var container in (IEnumerable<V1Container>)[.. pod.Containers, .. pod.InitContainers ?? []])
        {
            foreach (var violation in OfContainer(container, pod.SecurityContext))
            {
                yield return $"container {container.Name}: {violation}";
            }
        }
    }

    private static IEnumerable<string> OfContainer(V1Container container, V1PodSecurityContext? pod)
    {
        var own = container.SecurityContext;
        if (own?.Privileged is true)
        {
            yield return "privileged";
        }

        if (own?.AllowPrivilegeEscalation is not false)
        {
            yield return "allowPrivilegeEscalation";
        }

        if (own?.Capabilities?.Drop?.Contains("ALL") is not true || own.Capabilities.Add?.Any(added => added is not "NET_BIND_SERVICE") is true)
        {
            yield return "capabilities";
        }

        if ((own?.RunAsNonRoot ?? pod?.RunAsNonRoot) is not true || (own?.RunAsUser ?? pod?.RunAsUser) is 0)
        {
            yield return "root";
        }

        if ((own?.SeccompProfile ?? pod?.SeccompProfile)?.Type is not ("RuntimeDefault" or "Localhost"))
        {
            yield return "seccompProfile";
        }

        if ((own?.AppArmorProfile ?? pod?.AppArmorProfile)?.Type is "Unconfined" || (own?.SeLinuxOptions ?? pod?.SeLinuxOptions) is { User: not null } or { Role: not null })
        {
            yield return "AppArmor or SELinux";
        }

        if (own?.ProcMount is not (null or "Default"))
        {
            yield return "procMount";
        }

        if (container.Ports?.Any(port => port.HostPort > 0) is true)
        {
            yield return "hostPort";
        }

        // Since Kubernetes 1.34.
        if (new[] { container.LivenessProbe, container.ReadinessProbe, container.StartupProbe }.Any(probe => probe?.HttpGet?.Host is not null || probe?.TcpSocket?.Host is not null)
            || container.Lifecycle?.PreStop?.HttpGet?.Host is not null || container.Lifecycle?.PreStop?.TcpSocket?.Host is not null)
        {
            yield return "the host of a probe";
        }
    }
}

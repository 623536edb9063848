using System.Text.RegularExpressions;
using k8s.Models;

namespace Hybrid.Infra.Tests.Chart.Manifests;

/// <summary>What a release's objects must say of each other, and what an API server checks beyond their types.</summary>
internal static partial class ManifestRules
{
    /// <summary>The template of every workload and job, with the object it is in and the volumes that are claimed for its pods.</summary>
    public static IEnumerable<(Manifest Owner, V1PodTemplateSpec Template, IReadOnlyList<string> Claims)> Pods(IReadOnlyList<Manifest> objects)
    {
        foreach (var item in objects)
        {
            switch (item.Object)
            {
                case V1Deployment deployment:
                    yield return (item, deployment.Spec.Template, []);
                    break;
                case V1StatefulSet set:
                    yield return (item, set.Spec.Template, [.. set.Spec.VolumeClaimTemplates.Select(claim => claim.Metadata.Name)]);
                    break;
                case V1Job job:
                    yield return (item, job.Spec.Template, []);
                    break;
                default:
                    break;
            }
        }
    }

    public static IEnumerable<string> Violations(IReadOnlyList<Manifest> objects, string releaseNamespace) =>
        [.. Names(objects, releaseNamespace), .. Pods(objects).SelectMany(pod => InPod(pod, objects)), .. objects.SelectMany(item => Targets(item, objects))];

    private static IEnumerable<string> Names(IReadOnlyList<Manifest> objects, string releaseNamespace)
    {
        foreach (var twice in objects.GroupBy(item => item.ToString(), StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            yield return $"{twice.Key}: {twice.Count()} of it";
        }

        foreach (var item in objects)
        {
            if (item.Name.Length > 63 || !DnsLabel().IsMatch(item.Name))
            {
                yield return $"{item}: not a DNS label";
            }

            // The controller adds a dash and ten characters for a label (controller-revision-hash).
            if (item.Object is V1StatefulSet && item.Name.Length > 52)
            {
                yield return $"{item}: no room for the hash in its pods' label";
            }

            // Of the chart's own, not of extraObjects.
            if (item.Labels.Count > 0 && (string?)item.Json["metadata"]!["namespace"] != releaseNamespace)
            {
                yield return $"{item}: not in the release's namespace";
            }
        }

        var labels = objects.Select(item => (Of: item, item.Labels.Select(label => KeyValuePair.Create(label.Key, (string?)label.Value)).ToList()))
            .Concat(Pods(objects).Select(pod => (Of: pod.Owner, pod.Template.Metadata.Labels.Select(label => KeyValuePair.Create(label.Key, (string?)label.Value)).ToList())));
        foreach (var (item, pairs) in labels)
        {
            foreach (var (key, value) in pairs)
            {
                if (value is not { Length: <= 63 } || !LabelValue().IsMatch(value))
                {
                    yield return $"{item}: label {key}={value}";
                }
            }
        }
    }

    private static IEnumerable<string> InPod((Manifest Owner, V1PodTemplateSpec Template, IReadOnlyList<string> Claims) pod, IReadOnlyList<Manifest> objects)
    {
        var spec = pod.Template.Spec;
        string[] volumes = [.. spec.Volumes?.Select(volume => volume.Name) ?? [], .. pod.Claims];
        if (volumes.Distinct(StringComparer.Ordinal).Count() != volumes.Length)
        {
            yield return $"{pod.Owner}: a volume's name twice";
        }

        foreach (var volume in volumes.Where(volume => volume.Length > 63 || !DnsLabel().IsMatch(volume)))
        {
            yield return $"{pod.Owner}: volume {volume} is not a DNS label";
        }

        V1Container[] containers = [.. spec.Containers, .. spec.InitContainers ?? []];
        foreach (var unused in volumes.Except(containers.SelectMany(container => container.VolumeMounts ?? []).Select(mount => mount.Name), StringComparer.Ordinal))
        {
            yield return $"{pod.Owner}: volume {unused} is not mounted";
        }

        foreach (var container in containers)
        {
            var mounts = container.VolumeMounts ?? [];
            foreach (var mount in mounts.Where(mount => !volumes.Contains(mount.Name, StringComparer.Ordinal)))
            {
                yield return $"{pod.Owner}: {container.Name} mounts {mount.Name}, which is no volume";
            }

            if (mounts.Select(mount => mount.MountPath).Distinct(StringComparer.Ordinal).Count() != mounts.Count)
            {
                yield return $"{pod.Owner}: {container.Name} mounts twice at one path";
            }

            var ports = (container.Ports ?? []).Select(port => port.Name).ToList();
            foreach (var name in ports.Where(name => !PortName().IsMatch(name)))
            {
                yield return $"{pod.Owner}: port {name} is not a name of at most 15 characters";
            }

            foreach (var probe in new[] { container.LivenessProbe, container.ReadinessProbe, container.StartupProbe }.OfType<V1Probe>())
            {
                if (!ports.Contains(probe.HttpGet.Port.Value, StringComparer.Ordinal))
                {
                    yield return $"{pod.Owner}: a probe asks at {probe.HttpGet.Port.Value}, which is no port";
                }
            }
        }

        if (spec.ServiceAccountName is { } account && account is not "default" && !objects.Any(item => item.Object is V1ServiceAccount && item.Name == account))
        {
            yield return $"{pod.Owner}: the service account {account} is not there";
        }
    }

    private static IEnumerable<string> Targets(Manifest item, IReadOnlyList<Manifest> objects)
    {
        var workloads = Pods(objects).Where(pod => pod.Owner.Object is not V1Job).ToList();
        switch (item.Object)
        {
            case V1Service service:
                var ports = Matching(service.Spec.Selector).SelectMany(pod => pod.Template.Spec.Containers).SelectMany(container => container.Ports ?? []).Select(port => port.Name).ToList();
                return service.Spec.Ports.Where(port => !ports.Contains(port.TargetPort.Value, StringComparer.Ordinal)).Select(port => $"{item}: port {port.Name} reaches nothing");
            case V2HorizontalPodAutoscaler scaler:
                return workloads.Any(pod => pod.Owner.Kind == scaler.Spec.ScaleTargetRef.Kind && pod.Owner.Name == scaler.Spec.ScaleTargetRef.Name) ? [] : [$"{item}: scales nothing"];
            case V1PodDisruptionBudget budget:
                return Matching(budget.Spec.Selector.MatchLabels).Any() && budget.Spec.MinAvailable is null != budget.Spec.MaxUnavailable is null ? [] : [$"{item}: protects nothing, or says both"];
            case V1NetworkPolicy policy:
                var allowed = Matching(policy.Spec.PodSelector.MatchLabels).SelectMany(pod => pod.Template.Spec.Containers).SelectMany(container => container.Ports ?? []).Select(port => port.Name).ToList();
                return policy.Spec.Ingress.SelectMany(rule => rule.Ports ?? []).Where(port => !allowed.Contains(port.Port.Value, StringComparer.Ordinal)).Select(port => $"{item}: port {port.Port.Value} reaches nothing");
            case V1Deployment deployment:
                return Selects(deployment.Spec.Selector, deployment.Spec.Template) ? [] : [$"{item}: its selector is not its pods'"];
            case V1StatefulSet set:
                return Selects(set.Spec.Selector, set.Spec.Template) && objects.Any(other => other.Object is V1Service && other.Name == set.Spec.ServiceName) ? [] : [$"{item}: its selector is not its pods', or its service is not there"];
            case ServiceMonitor monitor:
                return objects.Any(other => other.Object is V1Service service
                    && monitor.Spec.Selector.MatchLabels.All(label => (string?)other.Labels[label.Key] == label.Value)
                    && monitor.Spec.Endpoints.All(endpoint => service.Spec.Ports.Any(port => port.Name == endpoint.Port))) ? [] : [$"{item}: watches nothing"];
            default:
                return [];
        }

        IEnumerable<(Manifest Owner, V1PodTemplateSpec Template, IReadOnlyList<string> Claims)> Matching(IDictionary<string, string> labels) =>
            workloads.Where(pod => Includes(pod.Template.Metadata.Labels, labels));
    }

    private static bool Selects(V1LabelSelector selector, V1PodTemplateSpec template) => Includes(template.Metadata.Labels, selector.MatchLabels);

    private static bool Includes(IDictionary<string, string> labels, IDictionary<string, string> wanted) =>
        wanted.Count > 0 && wanted.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value);

    [GeneratedRegex("^[a-z]([-a-z0-9]*[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DnsLabel();

    [GeneratedRegex("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LabelValue();

    [GeneratedRegex("^(?=.{1,15}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PortName();
}

using System.Text.Json.Nodes;

namespace Hybrid.Stacks.Chart;

/// <summary>What the type of a default does not say of a value: whatever has one of these names, wherever it stands, is held to its rule.</summary>
internal static class ValueRules
{
    /// <summary>The schema of the values of that name; null where the default's type says enough.</summary>
    public static JsonObject? Find(string name) => name switch
    {
        "replicaCount" or "targetRequestsPerSecond" => Nullable(Whole(1)),
        "nodePort" => Nullable(Port()),
        "servicePort" or "containerPort" or "port" => Port(),
        "minReplicas" or "maxReplicas" or "targetCPUUtilizationPercentage" or "terminationGracePeriodSeconds" or "activeDeadlineSeconds" => Whole(1),
        "minReadySeconds" or "revisionHistoryLimit" or "backoffLimit" => Whole(0),
        // Kubernetes: at most an hour.
        "scaleDownStabilizationWindowSeconds" => Whole(0, 3600),
        "maxUnavailable" => CountOrShare(),
        "minAvailable" => Nullable(CountOrShare()),
        "topologySpreadConstraints" or "egress" => new JsonObject { ["type"] = new JsonArray("array", "null"), ["items"] = new JsonObject { ["type"] = "object" } },
        "type" => Choice("ClusterIP", "NodePort", "LoadBalancer"),
        "externalTrafficPolicy" => Choice("", "Cluster", "Local"),
        "pullPolicy" => Choice("Always", "IfNotPresent", "Never"),
        "requestsPerSecondMetricType" => Choice("Pods", "External"),
        "secretVolumes" or "loadBalancerSourceRanges" => List(new JsonObject { ["type"] = "string", ["minLength"] = 1 }),
        "parameters" => List(Choice("http2", "proxy_protocol")),
        "adminFrom" or "metrics" or "imagePullSecrets" or "tolerations" or "extraVolumes" or "extraVolumeMounts" or "initContainers" or "extraContainers" or "extraObjects" or "envFrom" =>
            List(new JsonObject { ["type"] = "object" }),
        "nameOverride" or "fullnameOverride" => new JsonObject { ["type"] = "string", ["pattern"] = "^([a-z]([-a-z0-9]*[a-z0-9])?)?$" },
        _ => null,
    };

    private static JsonObject Port() => Whole(1, 65535);

    private static JsonObject Whole(int minimum) => new() { ["type"] = "integer", ["minimum"] = minimum };

    private static JsonObject Whole(int minimum, int maximum) => new() { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum };

    private static JsonObject Choice(params ReadOnlySpan<string> values)
    {
        var choices = new JsonArray();
        foreach (var value in values)
        {
            choices.Add(value);
        }

        return new JsonObject { ["enum"] = choices };
    }

    private static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject CountOrShare() => new()
    {
        ["anyOf"] = new JsonArray(Whole(0), new JsonObject { ["type"] = "string", ["pattern"] = "^(100|[1-9]?[0-9])%$" }),
    };

    private static JsonObject Nullable(JsonObject rule) => new() { ["anyOf"] = new JsonArray(rule, new JsonObject { ["type"] = "null" }) };
}

using System.Text;
using System.Text.Json;

namespace Hybrid.Stacks.Layers;

/// <summary>Writes kubeconfigs.</summary>
internal static class KubeConfigs
{
    /// <summary>One that asks the AWS CLI for a token each time, so that nothing in it is secret.</summary>
    public static string ForEks(string cluster, string endpoint, string certificateAuthority, string region)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "v1");
            json.WriteString("kind", "Config");
            json.WriteString("current-context", cluster);
            json.WriteStartArray("clusters");
            json.WriteStartObject();
            json.WriteString("name", cluster);
            json.WriteStartObject("cluster");
            json.WriteString("server", endpoint);
            json.WriteString("certificate-authority-data", certificateAuthority);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("contexts");
            json.WriteStartObject();
            json.WriteString("name", cluster);
            json.WriteStartObject("context");
            json.WriteString("cluster", cluster);
            json.WriteString("user", "aws");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("users");
            json.WriteStartObject();
            json.WriteString("name", "aws");
            json.WriteStartObject("user");
            json.WriteStartObject("exec");
            json.WriteString("apiVersion", "client.authentication.k8s.io/v1");
            json.WriteString("command", "aws");
            json.WriteString("interactiveMode", "Never");
            json.WriteStartArray("args");
            foreach (var argument in new[] { "eks", "get-token", "--cluster-name", cluster, "--region", region })
            {
                json.WriteStringValue(argument);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}

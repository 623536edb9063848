using Hybrid.Testing;
using YamlDotNet.RepresentationModel;

namespace EndToEnd.Tests.Executable;

/// <summary>What the chart makes of a case's values: the environment of the gateway's container, and the key file that the chart generates.</summary>
internal sealed class RenderedRelease
{
    private readonly List<YamlMappingNode> _objects;

    private RenderedRelease(List<YamlMappingNode> objects) => _objects = objects;

    /// <summary>The variables of the gateway's container, as a kubelet sets them.</summary>
    public Dictionary<string, string?> Environment
    {
        get
        {
            var workload = _objects.Single(item => Text(item, "kind") is "Deployment" or "StatefulSet");
            var container = (YamlMappingNode)((YamlSequenceNode)At(workload, "spec", "template", "spec", "containers"))[0];
            return ((YamlSequenceNode)container["env"]).Cast<YamlMappingNode>().ToDictionary(variable => Text(variable, "name"), variable => (string?)Text(variable, "value"), StringComparer.Ordinal);
        }
    }

    /// <summary>The content of a Secret that the chart makes where none is named, by its key; null where it makes none.</summary>
    public byte[]? Secret(string key) =>
        _objects.SingleOrDefault(item => Text(item, "kind") is "Secret" && ((YamlMappingNode)item["data"]).Children.ContainsKey(key)) is { } secret
            ? Convert.FromBase64String(((YamlScalarNode)At(secret, "data", key)).Value!)
            : null;

    /// <param name="name">A case of the chart's tests.</param>
    public static async Task<RenderedRelease> OfAsync(string name)
    {
        Assert.SkipWhen(HelmProgram.Path is null, HelmProgram.Missing);
        var values = Repository.PathOf("tests", "Infra.Tests", "Chart", "Cases", name, "values.yaml");
        var run = await RunningProcess.RunAsync(HelmProgram.Path, ["template", "gw", Repository.PathOf("gateway", "chart"), "--values", values]);
        Assert.True(run.ExitCode is 0, run.Error);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(run.Output));
        return new RenderedRelease([.. yaml.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>()]);
    }

    private static string Text(YamlMappingNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    private static YamlNode At(YamlNode node, params ReadOnlySpan<string> path)
    {
        foreach (var step in path)
        {
            node = node[step];
        }

        return node;
    }
}

using System.Text.Json;
using Hybrid.Infra.Validation;
using Hybrid.Stacks.Configuration;
using Hybrid.Stacks.References;
using Pulumi;

namespace Hybrid.Stacks.Layers;

/// <summary>The Pulumi program: the layer that the configuration names, and its outputs.</summary>
internal static class LayerProgram
{
    /// <summary>How Pulumi hands the configuration to its programs: a JSON object by full key.</summary>
    private const string ConfigurationVariable = "PULUMI_CONFIG";

    /// <param name="repository">The folder of <c>Pulumi.yaml</c>.</param>
    public static IDictionary<string, object?> Run(string repository)
    {
        var context = new StackContext(Deployment.Instance.StackName, new Config(StackConfiguration.Namespace), repository);
        context.Configuration.RefuseUnknown(context.Environment.Layer, KeysThatAreSet());
        try
        {
            return context.Environment.Layer switch
            {
                LayerKind.Foundation => OutputContract.Export(new FoundationLayer(context).Create()),
                LayerKind.Platform => OutputContract.Export(new PlatformLayer(context).Create()),
                LayerKind.ControlPlane => OutputContract.Export(new ControlPlaneLayer(context).Create()),
                LayerKind.DataPlaneEks => OutputContract.Export(new DataPlaneEksLayer(context).Create()),
                LayerKind.DataPlaneAnywhere => OutputContract.Export(new DataPlaneAnywhereLayer(context).Create()),
                _ => throw new InvalidOperationException($"no program for {context.Environment.Layer}"),
            };
        }
        catch (InvalidArgumentsException problem)
        {
            throw new ConfigurationException(context.Configuration.Stack, problem.Field, $"{problem.Problem}; allowed: {problem.Allowed}");
        }
    }

    private static IEnumerable<string> KeysThatAreSet() => Environment.GetEnvironmentVariable(ConfigurationVariable) is { Length: > 0 } json
        ? JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!.Keys
        : [];
}

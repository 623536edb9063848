using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi;

/// <summary>The root of all resources; derive from it and create them in the constructor.</summary>
public class Stack : ComponentResource
{
    internal const string RootType = "pulumi:pulumi:Stack";

    public Stack(StackOptions? options = null)
        : base(RootType, $"{Deployment.Instance.ProjectName}-{Deployment.Instance.StackName}", Convert(options))
        => Deployment.InternalInstance.Stack = this;

    internal Output<IDictionary<string, object?>> Outputs { get; private set; } =
        Output.Create<IDictionary<string, object?>>(ImmutableDictionary<string, object?>.Empty);

    /// <summary>A stack's outputs are its own <c>[Output]</c> properties; each must be set when the constructor ends.</summary>
    internal void RegisterPropertyOutputs()
    {
        var outputs = GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(property => (property, attribute: property.GetCustomAttribute<OutputAttribute>()))
            .Where(output => output.attribute is not null)
            .ToDictionary(output => output.attribute!.Name ?? output.property.Name, output => output.property.GetValue(this));

        var unassigned = outputs.Where(output => output.Value is null).Select(output => output.Key).ToList();
        if (unassigned.Count > 0)
        {
            throw new RunException(
                $"Output(s) '{string.Join(", ", unassigned)}' have no value assigned. [Output] attributed properties must be assigned inside Stack constructor.");
        }

        var wrong = outputs.Where(output => output.Value is not Serialization.IOutput).Select(output => output.Key).ToList();
        if (wrong.Count > 0)
        {
            throw RunException.OutputsHaveIncorrectType(wrong);
        }

        Outputs = Output.Create<IDictionary<string, object?>>(outputs);
        RegisterOutputs(Outputs);
    }

    private static ComponentResourceOptions? Convert(StackOptions? options)
        => options is null
            ? null
            : new ComponentResourceOptions
            {
                ResourceTransformations = options.ResourceTransformations,
                ResourceTransforms = options.ResourceTransforms,
            };
}

using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Reads the outputs of another stack.</summary>
public class StackReference : CustomResource
{
    /// <summary>Refers to the stack that <paramref name="args"/> names, or else to the stack called like the resource.</summary>
    public StackReference(string name, StackReferenceArgs? args = null, CustomResourceOptions? options = null)
        : base(
            "pulumi:pulumi:StackReference",
            name,
            new StackReferenceArgs { Name = args?.Name ?? name },
            CustomResourceOptions.Merge(options, new CustomResourceOptions { Id = args?.Name ?? name }))
    {
    }

    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    [Output("outputs")]
    public Output<ImmutableDictionary<string, object>> Outputs { get; private set; } = null!;

    [Output("secretOutputNames")]
    public Output<ImmutableArray<string>> SecretOutputNames { get; private set; } = null!;

    /// <summary>The output of that name, or null where there is none; secret only if that output is.</summary>
    public Output<object?> GetOutput(Input<string> name)
        => Output.Tuple(name, (Input<ImmutableDictionary<string, object>>)Outputs)
            .Apply(both => (object?)both.Item2.GetValueOrDefault(both.Item1))
            .WithIsSecret(IsSecretAsync(name));

    /// <summary>The output of that name; the run fails where there is none.</summary>
    public Output<object> RequireOutput(Input<string> name)
        => Output.Tuple(name, (Input<ImmutableDictionary<string, object>>)Outputs)
            .Apply(both => both.Item2.TryGetValue(both.Item1, out var value)
                ? value
                : throw new KeyNotFoundException($"Required output '{both.Item1}' does not exist on stack '{GetResourceName()}'."))
            .WithIsSecret(IsSecretAsync(name));

    public async Task<StackReferenceOutputDetails> GetOutputDetailsAsync(string name)
    {
        var data = await GetOutput(name).DataTask;
        return data.IsSecret
            ? new StackReferenceOutputDetails { SecretValue = data.Value }
            : new StackReferenceOutputDetails { Value = data.Value };
    }

    /// <summary>The plain value; throws on a secret.</summary>
    public async Task<object?> GetValueAsync(Input<string> name)
    {
        var data = await GetOutput(name).DataTask;
        return data.IsSecret
            ? throw new InvalidOperationException(
                "Cannot call 'GetOutputValueAsync' if the referenced stack has secret outputs. Use 'GetOutput' instead.")
            : data.Value;
    }

    /// <summary>The plain value; throws on a secret and where there is none.</summary>
    public async Task<object> RequireValueAsync(Input<string> name)
    {
        var data = await RequireOutput(name).DataTask;
        return data.IsSecret
            ? throw new InvalidOperationException(
                "Cannot call 'RequireOutputValueAsync' if the referenced stack has secret outputs. Use 'RequireOutput' instead.")
            : data.Value;
    }

    private async Task<bool> IsSecretAsync(Input<string> name)
    {
        var nameData = await name.ToOutput().DataTask;
        var secrets = await SecretOutputNames.DataTask;
        return nameData.IsKnown && secrets.IsKnown
            ? secrets.Value.Contains(nameData.Value)
            : (await Outputs.DataTask).IsSecret;
    }
}

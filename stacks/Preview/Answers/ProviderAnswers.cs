using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview.Answers;

/// <summary>What the providers would answer: the inputs, and ids, ARNs and addresses of the right shape, the same each time.</summary>
internal sealed class ProviderAnswers(string stack, string account, string region)
{
    private readonly Identifiers _ids = new(stack);

    /// <summary>Secrets that the functions answer with.</summary>
    public IEnumerable<string> Secrets => [KubeConfig];

    private string KubeConfig => $"(kubeconfig {_ids.Hex("kubeconfig", "", 16)})";

    public (string Id, ImmutableDictionary<string, object> State) For(string type, string name, ImmutableDictionary<string, object> inputs)
    {
        if (type.StartsWith("hybrid:", StringComparison.Ordinal))
        {
            return ("", inputs);
        }

        if (type.StartsWith("tls:", StringComparison.Ordinal))
        {
            return TlsAnswers.For(type, name, inputs, _ids);
        }

        return type.StartsWith("aws:", StringComparison.Ordinal)
            ? new AwsAnswers(_ids, account, region).For(type, name, inputs)
            : (_ids.Hex(type, name, 12), inputs);
    }

    public ImmutableDictionary<string, object> Call(string token, ImmutableDictionary<string, object> args) => token switch
    {
        "aws:ssm/getParameter:getParameter" => args
            .SetItem("arn", $"arn:aws:ssm:{region}:{account}:parameter{args.GetValueOrDefault("name", "")}")
            .SetItem("id", args.GetValueOrDefault("name", ""))
            .SetItem("insecureValue", "")
            .SetItem("region", region)
            .SetItem("type", "SecureString")
            .SetItem("value", KubeConfig)
            .SetItem("version", 1),
        _ => throw new PreviewException($"{stack}: the preview does not know the function {token}"),
    };
}

using System.Collections;
using System.Collections.Immutable;

namespace Hybrid.Stacks.Preview;

/// <summary>
/// Hides secrets from what is shown. Mocks forget what is secret, so it is collected: what providers mark as secret, what a stack exports as a secret, and the
/// content of every Kubernetes Secret.
/// </summary>
internal sealed class SecretMask
{
    public const string Masked = "[secret]";

    private const string KubernetesSecret = "kubernetes:core/v1:Secret";

    /// <summary>The properties that the providers' schemas mark as secret, of the resources in use.</summary>
    private static readonly ImmutableHashSet<string> SecretProperties = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "privateKeyPem",
        "privateKeyPemPkcs8",
        "privateKeyOpenssh",
        "caPrivateKeyPem",
        "clientSecret",
        "masterPassword",
        "masterUserPassword",
        "authToken",
        "passwords",
        "secretString",
        "secretBinary",
        "tunnel1PresharedKey",
        "tunnel2PresharedKey",
        "customerGatewayConfiguration");

    private readonly Lock _lock = new();
    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);

    public static bool IsSecretProperty(string name) => SecretProperties.Contains(name);

    /// <summary>Remembers every text in a secret value.</summary>
    public void Remember(object? value)
    {
        switch (value)
        {
            case string { Length: > 0 } text:
                lock (_lock)
                {
                    _secrets.Add(text);
                }

                break;
            case IDictionary<string, object> map:
                foreach (var item in map.Values)
                {
                    Remember(item);
                }

                break;
            case IEnumerable items and not string:
                foreach (var item in items)
                {
                    Remember(item);
                }

                break;
        }
    }

    public ImmutableSortedDictionary<string, object?> Inputs(string type, IEnumerable<KeyValuePair<string, object>> inputs) => inputs.ToImmutableSortedDictionary(
        input => input.Key,
        input => IsSecretProperty(input.Key) ? Masked
            : type is KubernetesSecret && input.Key is "data" or "stringData" ? Hidden(input.Value)
            : Clean(input.Value),
        StringComparer.Ordinal);

    public object? Clean(object? value) => value switch
    {
        string text => Contains(text) ? Masked : text,
        IDictionary<string, object> map => map.ToImmutableSortedDictionary(
            item => item.Key,
            item => IsSecretProperty(item.Key) ? Masked : Clean(item.Value),
            StringComparer.Ordinal),
        IEnumerable items => items.Cast<object?>().Select(Clean).ToImmutableArray(),
        _ => value,
    };

    private static object Hidden(object value) => value is IDictionary<string, object> map
        ? map.ToImmutableSortedDictionary(item => item.Key, _ => (object?)Masked, StringComparer.Ordinal)
        : Masked;

    private bool Contains(string text)
    {
        lock (_lock)
        {
            return _secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal));
        }
    }
}

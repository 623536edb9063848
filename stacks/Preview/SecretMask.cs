using System.Collections;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

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

    /// <summary>The inputs to show, and by path a digest of what is hidden in them.</summary>
    public (ImmutableSortedDictionary<string, object?> Inputs, ImmutableSortedDictionary<string, string> Secrets) Inputs(
        string type, IEnumerable<KeyValuePair<string, object>> inputs)
    {
        var digests = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var shown = inputs.ToImmutableSortedDictionary(
            input => input.Key,
            input => type is KubernetesSecret && input is { Key: "data" or "stringData", Value: IDictionary<string, object> entries }
                ? entries.ToImmutableSortedDictionary(
                    entry => entry.Key,
                    entry => (object?)Hide(entry.Value, PropertyPath.Append(input.Key, entry.Key), digests),
                    StringComparer.Ordinal)
                : Property(input.Key, input.Value, "", digests),
            StringComparer.Ordinal);
        return (shown, digests.ToImmutable());
    }

    public object? Clean(object? value) => Clean(value, "", ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal));

    private static string Hide(object? value, string path, ImmutableSortedDictionary<string, string>.Builder digests)
    {
        digests[path] = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(value)))[..16];
        return Masked;
    }

    private object? Property(string name, object? value, string path, ImmutableSortedDictionary<string, string>.Builder digests)
    {
        var at = PropertyPath.Append(path, name);
        return IsSecretProperty(name) ? Hide(value, at, digests) : Clean(value, at, digests);
    }

    private object? Clean(object? value, string path, ImmutableSortedDictionary<string, string>.Builder digests) => value switch
    {
        string text => Contains(text) ? Hide(text, path, digests) : text,
        IDictionary<string, object> map => map.ToImmutableSortedDictionary(item => item.Key, item => Property(item.Key, item.Value, path, digests), StringComparer.Ordinal),
        IEnumerable items => items.Cast<object?>().Select((item, index) => Clean(item, PropertyPath.Append(path, index), digests)).ToImmutableArray(),
        _ => value,
    };

    private bool Contains(string text)
    {
        lock (_lock)
        {
            return _secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal));
        }
    }
}

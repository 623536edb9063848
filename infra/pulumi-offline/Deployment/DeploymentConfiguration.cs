using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi;

/// <summary>The configuration that the environment hands to the program.</summary>
internal sealed record DeploymentConfiguration(ImmutableDictionary<string, string> Values, ImmutableHashSet<string> SecretKeys)
{
    public static DeploymentConfiguration FromEnvironment() => new(ReadValues(), ReadSecretKeys());

    private static ImmutableDictionary<string, string> ReadValues()
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>();
        if (Environment.GetEnvironmentVariable("PULUMI_CONFIG") is { } json)
        {
            using var document = JsonDocument.Parse(json);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                values[CleanKey(property.Name)] = property.Value.ToString();
            }
        }

        return values.ToImmutable();
    }

    private static ImmutableHashSet<string> ReadSecretKeys()
    {
        if (Environment.GetEnvironmentVariable("PULUMI_CONFIG_SECRET_KEYS") is not { } json)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(element => element.ToString())];
    }

    /// <summary>Old programs wrote <c>project:config:key</c>.</summary>
    private static string CleanKey(string key)
    {
        const string Prefix = "config:";
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && key[(colon + 1)..].StartsWith(Prefix, StringComparison.Ordinal)
            ? string.Concat(key.AsSpan(0, colon + 1), key.AsSpan(colon + 1 + Prefix.Length))
            : key;
    }
}

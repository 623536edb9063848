using System.Text.RegularExpressions;

namespace Hybrid.Stacks.Configuration;

/// <summary>What every stack's configuration holds.</summary>
internal sealed partial record EnvironmentConfig
{
    public required LayerKind Layer { get; init; }

    /// <summary>2 to 8 characters, so that every name that AWS limits still fits.</summary>
    public required string Environment { get; init; }

    public required string Region { get; init; }

    /// <summary>The only account that the stack may touch.</summary>
    public required string AccountId { get; init; }

    /// <summary>Who answers for it; a tag on everything.</summary>
    public required string Owner { get; init; }

    /// <summary>Whether what holds data is protected from deletion. On unless said otherwise.</summary>
    public required bool Protect { get; init; }

    /// <summary>The prefix of names.</summary>
    public string Prefix => $"hybrid-{Environment}";

    public static EnvironmentConfig Read(StackConfiguration configuration)
    {
        var environment = configuration.Text("environment");
        if (!EnvironmentPattern().IsMatch(environment))
        {
            throw configuration.Invalid("environment", $"'{environment}' is malformed", "2 to 8 of a-z and 0-9, a letter first");
        }

        var region = configuration.Text("region");
        if (!RegionPattern().IsMatch(region))
        {
            throw configuration.Invalid("region", $"'{region}' is malformed", "such as eu-central-1");
        }

        var account = configuration.Text("accountId");
        if (!AccountPattern().IsMatch(account))
        {
            throw configuration.Invalid("accountId", $"'{account}' is malformed", "twelve digits, quoted");
        }

        return new()
        {
            Layer = configuration.Choice<LayerKind>("layer"),
            Environment = environment,
            Region = region,
            AccountId = account,
            Owner = configuration.Text("owner"),
            Protect = configuration.Flag("protect", @default: true),
        };
    }

    [GeneratedRegex("^[a-z][a-z0-9]{1,7}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EnvironmentPattern();

    [GeneratedRegex("^[a-z]{2}(-[a-z]+)+-[0-9]$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RegionPattern();

    [GeneratedRegex("^[0-9]{12}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AccountPattern();
}

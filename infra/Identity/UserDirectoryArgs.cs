using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Identity;

public sealed partial record UserDirectoryArgs
{
    public required string Region { get; init; }

    /// <summary>The prefix of the sign-in pages' domain, unique in the region; it must not contain aws, amazon or cognito.</summary>
    public required string DomainPrefix { get; init; }

    /// <summary>The identifier of the API that tokens are for, such as <c>https://api.dev.example.com</c>.</summary>
    public required string ApiIdentifier { get; init; }

    /// <summary>What a token may allow.</summary>
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>Where people return to after signing in, HTTPS only.</summary>
    public required ImmutableArray<string> CallbackUrls { get; init; }

    public required ImmutableArray<string> LogoutUrls { get; init; }

    /// <summary>Where administrators reach the console, HTTPS, without a path; no client for it when null.</summary>
    public string? ConsoleUrl { get; init; }

    /// <summary>The groups of people, by falling precedence.</summary>
    public ImmutableArray<string> Groups { get; init; } = ["gateway-admin", "gateway-reader"];

    /// <summary>Block what looks like an attack; it needs Cognito's plan Plus.</summary>
    public bool ThreatProtection { get; init; } = true;

    public bool Protect { get; init; } = true;

    internal void Validate()
    {
        Check.Matches(DomainPrefix, PrefixPattern(), "domainPrefix", "1 to 63 of a-z, 0-9 and -, not at the ends");
        foreach (var word in new[] { "aws", "amazon", "cognito" })
        {
            Check.That(!DomainPrefix.Contains(word, StringComparison.Ordinal), "domainPrefix", $"'{DomainPrefix}' contains {word}", "a prefix without it");
        }

        Check.Length(ApiIdentifier, 1, 256, "apiIdentifier");
        Check.That(!Scopes.IsDefaultOrEmpty && Scopes.Length <= 100, "scopes", $"{(Scopes.IsDefault ? 0 : Scopes.Length)} were given", "1 to 100");
        CheckUrls(CallbackUrls, "callbackUrls");
        CheckUrls(LogoutUrls, "logoutUrls");
        if (ConsoleUrl is not null)
        {
            CheckUrls([ConsoleUrl], "consoleUrl");
            Check.That(!ConsoleUrl.EndsWith('/'), "consoleUrl", $"'{ConsoleUrl}' ends with /", "a URL without a path");
        }

        foreach (var group in Groups)
        {
            Check.Length(group, 1, 128, "groups");
        }
    }

    private static void CheckUrls(ImmutableArray<string> urls, string field)
    {
        Check.That(!urls.IsDefaultOrEmpty && urls.Length <= 100, field, $"{(urls.IsDefault ? 0 : urls.Length)} were given", "1 to 100");
        foreach (var url in urls)
        {
            Check.That(
                Uri.TryCreate(url, UriKind.Absolute, out var uri) && string.Equals(uri.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) && uri.Fragment.Length is 0,
                field,
                $"'{url}' is not one",
                "an https URL without a fragment");
        }
    }

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PrefixPattern();
}

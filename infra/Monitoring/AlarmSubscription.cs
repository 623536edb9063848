using System.Text.RegularExpressions;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Monitoring;

/// <summary>Who is told of alarms.</summary>
public sealed partial record AlarmSubscription
{
    /// <summary>How: by mail, which the receiver has to confirm, or by a call over HTTPS.</summary>
    public required AlarmProtocol Protocol { get; init; }

    /// <summary>The mail address, or the URL. It is shown in previews: a URL that holds a secret belongs behind a forwarder of yours.</summary>
    public required string Endpoint { get; init; }

    internal void Validate(string field)
    {
        if (Protocol is AlarmProtocol.Email)
        {
            Check.Matches(Endpoint, MailAddress(), $"{field}.endpoint", "a mail address");
        }
        else
        {
            Check.That(
                Uri.TryCreate(Endpoint, UriKind.Absolute, out var url) && string.Equals(url.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) && url.UserInfo.Length is 0,
                $"{field}.endpoint",
                $"'{Endpoint}' is not an HTTPS URL without a password",
                "https://host/path");
        }
    }

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MailAddress();
}

using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.OpenIdConnect;

internal static partial class OpenIdConnectLog
{
    [LoggerMessage(4121, LogLevel.Error, "The document and keys of issuer {Issuer} could not be got: {Problem}. Last got: {FetchedAt}")]
    public static partial void IssuerAway(ILogger logger, string issuer, string problem, DateTimeOffset? fetchedAt);

    [LoggerMessage(4122, LogLevel.Error, "The issuer {Issuer} could not be asked: {Problem}. Request {RequestId}")]
    public static partial void ProviderFailed(ILogger logger, string issuer, string problem, string requestId);

    [LoggerMessage(4123, LogLevel.Information, "A token of issuer {Issuer} was refused: {Problem}. Request {RequestId}")]
    public static partial void TokenRefused(ILogger logger, string issuer, string problem, string requestId);

    [LoggerMessage(4124, LogLevel.Warning, "A sign-in at {Issuer} failed: {Problem}. Request {RequestId}")]
    public static partial void SignInFailed(ILogger logger, string issuer, string problem, string requestId);
}

using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.MtlsAuth;

internal static partial class MtlsAuthLog
{
    [LoggerMessage(4102, LogLevel.Information, "mtls-auth: the certificate of {Subject} is refused: {Problem}")]
    public static partial void Refused(ILogger logger, string subject, string problem);

    [LoggerMessage(4103, LogLevel.Warning, "mtls-auth: whether the certificate of {Subject} is revoked could not be found out: {Problem}")]
    public static partial void RevocationUnknown(ILogger logger, string subject, string problem);
}

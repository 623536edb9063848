using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.Authentication;

internal static partial class AuthenticationLog
{
    [LoggerMessage(4101, LogLevel.Error, "{Plugin}: the anonymous consumer {Consumer} does not exist")]
    public static partial void AnonymousIsMissing(ILogger logger, string plugin, string consumer);
}

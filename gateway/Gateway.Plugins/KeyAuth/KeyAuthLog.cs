using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.KeyAuth;

internal static partial class KeyAuthLog
{
    [LoggerMessage(4101, LogLevel.Error, "key-auth: the anonymous consumer {Consumer} does not exist")]
    public static partial void AnonymousIsMissing(ILogger logger, string consumer);
}

using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.Configuration;

internal static partial class ConfigurationLog
{
    [LoggerMessage(3001, LogLevel.Information,
        "Revision {Revision} serves: {Routes} routes, {Services} services, {Consumers} consumers, {Plugins} plugins")]
    public static partial void Applied(ILogger logger, long revision, int routes, int services, int consumers, int plugins);

    [LoggerMessage(3002, LogLevel.Error, "Revision {Revision} is refused, {Errors} errors, the first: {First}; revision {Serving} goes on serving")]
    public static partial void Refused(ILogger logger, long revision, int errors, string first, long serving);
}

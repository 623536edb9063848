using Microsoft.Extensions.Logging;

namespace Gateway.DataPlane.References;

internal static partial class ReferenceLog
{
    [LoggerMessage(3501, LogLevel.Error, "Plugin {Plugin} {Id} has references without usable values: {Fields}; runs with earlier values: {Active}")]
    public static partial void Unresolved(ILogger logger, string plugin, Guid id, string fields, bool active);

    [LoggerMessage(3502, LogLevel.Information, "Plugin {Plugin} {Id} has the values of all its references")]
    public static partial void Resolved(ILogger logger, string plugin, Guid id);

    [LoggerMessage(3503, LogLevel.Error, "The secret {Name} of {Source} could not be read: {Problem}. Its last value goes on for an hour")]
    public static partial void SourceFailed(ILogger logger, string source, string name, string problem);
}

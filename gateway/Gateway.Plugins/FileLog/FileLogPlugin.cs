using Gateway.DataPlane.Logging;
using Gateway.DataPlane.Pipeline;

namespace Gateway.Plugins.FileLog;

/// <summary>Kong's <c>file-log</c>: one line of JSON for each request, written beside the request path.</summary>
internal sealed class FileLogPlugin(LogFile file, PluginLogging logging) : PluginInstance(new PluginPhases { Log = PhaseMode.Inline })
{
    public override ValueTask LogAsync(RequestContext context)
    {
        file.Queue.Add(logging.Serialize(context));
        return ValueTask.CompletedTask;
    }
}

using System.Collections.Concurrent;
using Gateway.DataPlane.Pipeline;
using Gateway.Model;
using Gateway.Model.Entities;
using Gateway.Model.Plugins.FileLog;

namespace Gateway.Plugins.FileLog;

internal sealed class FileLogFactory() : CataloguePluginFactory<FileLogConfig>("file-log")
{
    private readonly ConcurrentDictionary<string, LogFile> _files = new(StringComparer.Ordinal);

    protected override PluginInstance Create(FileLogConfig config, Plugin entity, PluginHost host, ICollection<ModelError> errors) =>
        new FileLogPlugin(_files.GetOrAdd(Path.GetFullPath(config.Path), static (path, host) => new LogFile(path, host.Logging), host), host.Logging);
}

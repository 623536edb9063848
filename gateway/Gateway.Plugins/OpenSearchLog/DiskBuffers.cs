using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Gateway.DataPlane.Logging;
using Gateway.Model.Plugins.OpenSearchLog;
using Microsoft.Extensions.Logging;

namespace Gateway.Plugins.OpenSearchLog;

/// <summary>The process's buffers: one for each folder and target, whichever plugin instances use it, so that a change of configuration loses nothing.</summary>
internal sealed class DiskBuffers(TimeProvider time, ILogger<DiskBuffer> logger) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, DiskBuffer> _buffers = new(StringComparer.Ordinal);

    /// <summary>Null where the config wants none.</summary>
    public DiskBuffer? Get(OpenSearchLogConfig config, BulkClient client, PluginLogging logging)
    {
        if (config.BufferPath is not { } path)
        {
            return null;
        }

        var target = SHA256.HashData(Encoding.UTF8.GetBytes($"{config.Endpoint}\n{config.Index ?? config.DataStream}"));
        var folder = Path.Combine(path, "opensearch-log-" + Convert.ToHexStringLower(target.AsSpan(0, 6)));
        DiskBuffer buffer;
        lock (_gate)
        {
            buffer = _buffers.GetOrAdd(folder, key => new DiskBuffer(key, client, logging, time, logger));
        }

        buffer.Use(client, config.BufferMaxBytes);
        return buffer;
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers.Values)
        {
            buffer.Dispose();
        }
    }
}

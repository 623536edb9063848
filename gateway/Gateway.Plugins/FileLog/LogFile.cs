using Gateway.DataPlane.Logging;
using Gateway.Model.Plugins;

namespace Gateway.Plugins.FileLog;

/// <summary>A file that lines are appended to. All plugin instances of the process that name it share it: lines of two never mix.</summary>
internal sealed class LogFile
{
    private const int MaxBatchSize = 1000;

    private readonly string _path;

    public LogFile(string path, PluginLogging logging)
    {
        _path = path;
        Queue = logging.CreateQueue("file-log", new QueueConfig { MaxBatchSize = MaxBatchSize, MaxCoalescingDelay = 0, InitialRetryDelay = 0.1, MaxRetryDelay = 5 }, AppendAsync);
    }

    public LogQueue Queue { get; }

    // Opened anew each time, so that a rotated file is let go of at once.
    private async ValueTask<string?> AppendAsync(IReadOnlyList<byte[]> batch, CancellationToken cancellationToken)
    {
        var lines = new byte[batch.Sum(record => record.Length + 1)];
        var end = 0;
        foreach (var record in batch)
        {
            record.CopyTo(lines, end);
            end += record.Length;
            lines[end++] = (byte)'\n';
        }

        try
        {
            await using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            await file.WriteAsync(lines, cancellationToken);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message;
        }
    }
}

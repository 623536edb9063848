using Gateway.DataPlane.Logging;
using Gateway.DataPlane.Pipeline;

namespace Gateway.Plugins.OpenSearchLog;

/// <summary>Puts a record of each request, in Kong's form, into OpenSearch. Requests never wait for it.</summary>
internal sealed class OpenSearchLogPlugin : PluginInstance
{
    private readonly PluginLogging _logging;
    private readonly TimeProvider _time;
    private readonly LogQueue _queue;

    /// <param name="buffer">Null to keep what cannot be sent in memory.</param>
    public OpenSearchLogPlugin(Model.Plugins.QueueConfig queue, BulkClient client, DiskBuffer? buffer, PluginLogging logging, TimeProvider time)
        : base(new PluginPhases { Log = PhaseMode.Inline })
    {
        _logging = logging;
        _time = time;
        _queue = buffer is null
            ? logging.CreateQueue("opensearch-log", queue, client.SendAsync, keep: null)
            : logging.CreateQueue("opensearch-log", queue, (batch, cancellationToken) => SendAsync(client, buffer, batch, cancellationToken), buffer.TryKeep);
    }

    public override ValueTask LogAsync(RequestContext context)
    {
        _queue.Add(LogDocument.Create(context.RequestId, _logging.Serialize(context), _time.GetUtcNow() - context.Durations.Total));
        return ValueTask.CompletedTask;
    }

    private static ValueTask<SendOutcome> SendAsync(BulkClient client, DiskBuffer buffer, IReadOnlyList<byte[]> batch, CancellationToken cancellationToken) =>
        buffer.HasRecords ? new(new SendOutcome("earlier records wait in the buffer")) : client.SendAsync(batch, cancellationToken);
}

using System.Collections.Concurrent;
using Gateway.Model.Configuration;
using Gateway.Tunnel.Entities;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Grpc.Core;
using Hybrid.Testing;

namespace Gateway.Tunnel.Tests.Support;

/// <summary>A client that applies and acknowledges what it is sent, and keeps every update as it came over the wire.</summary>
internal sealed class RawInstance : IAsyncDisposable
{
    private readonly TunnelChannel _channel;
    private readonly AsyncDuplexStreamingCall<InstanceMessage, ControlPlaneMessage> _call;
    private readonly CancellationTokenSource _ending = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Task _running;
    private readonly TaskCompletionSource _saidHello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile EntitySet? _content;

    private RawInstance(TunnelChannel channel, EntitySet? content, Func<Task> beforeReading)
    {
        _channel = channel;
        _content = content;
        _call = new Cluster.ClusterClient(channel.Channel).Connect(cancellationToken: _ending.Token);
        _running = Task.Run(() => Task.WhenAll(RunAsync(beforeReading), BeatAsync()));
    }

    /// <summary>Updates in order: whether each was a snapshot, what the instance had before, and what it named.</summary>
    public ConcurrentQueue<(bool IsSnapshot, EntitySet Before, IReadOnlyList<EntityChange> Changes)> Updates { get; } = new();

    public EntitySet? Content => _content;

    /// <param name="applied">What it has from before.</param>
    /// <param name="beforeReading">Waited for before it reads anything after its hello.</param>
    public static RawInstance Start(TestControlPlane controlPlane, CertificatePaths certificates, EntitySet? applied = null, Func<Task>? beforeReading = null)
    {
        var channel = Channel(controlPlane, certificates);
        return new RawInstance(channel, applied, beforeReading ?? (() => Task.CompletedTask));
    }

    public static TunnelChannel Channel(TestControlPlane controlPlane, CertificatePaths certificates) => new(
        controlPlane.Address, "localhost", CertificateMaterial.Load(certificates, PeerRole.DataPlane, null), null, TimeSpan.FromSeconds(10), TimeProvider.System);

    public static Hello Hello(EntitySet? applied) => new()
    {
        ProtocolVersion = 1,
        InstanceId = ChangeSetCodec.ToBytes(Guid.NewGuid()),
        Hostname = "raw",
        GatewayVersion = "0.1.0",
        Applied = applied is null ? null : new Applied { Revision = applied.Revision, Hash = applied.Hash },
    };

    public Task Has(EntitySet content) => Eventually.TrueAsync(
        () => _content?.Hash == content.Hash && _content.Revision == content.Revision, text: $"revision {content.Revision} with hash {content.Hash}");

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        _call.Dispose();
        _channel.Dispose();
        _ending.Dispose();
        _writing.Dispose();
    }

    private async Task RunAsync(Func<Task> beforeReading)
    {
        try
        {
            await WriteAsync(new InstanceMessage { Hello = Hello(_content) });
            _saidHello.SetResult();
            await beforeReading();
            while (await _call.ResponseStream.MoveNext(_ending.Token))
            {
                if (_call.ResponseStream.Current.Update is { } update)
                {
                    await TakeAsync(update);
                }
            }
        }
        catch (Exception error) when (error is RpcException or OperationCanceledException or InvalidOperationException)
        {
            // The stream is over: what it has is what the test looks at.
        }
    }

    // Also while it does not read: slow, not gone.
    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try
        {
            await _saidHello.Task.WaitAsync(_ending.Token);
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                await WriteAsync(new InstanceMessage { Heartbeat = new Heartbeat() });
            }
        }
        catch (Exception error) when (error is RpcException or OperationCanceledException or InvalidOperationException)
        {
            // The stream is over: the reader ends, too.
        }
    }

    private async Task WriteAsync(InstanceMessage message)
    {
        await _writing.WaitAsync(_ending.Token);
        try
        {
            await _call.RequestStream.WriteAsync(message);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task TakeAsync(Update update)
    {
        var payload = new List<byte>(update.Payload);
        while ((ulong)payload.Count < update.PayloadSize)
        {
            await _call.ResponseStream.MoveNext(_ending.Token);
            payload.AddRange(_call.ResponseStream.Current.UpdatePart.Payload);
        }

        var changes = ChangeSetCodec.Decode(update.Encoding, payload.ToArray(), (int)update.ContentSize);
        var before = update.Base is null ? EntitySet.Empty : _content!;
        var content = before.Apply(update.Revision, changes);
        Updates.Enqueue((update.Base is null, before, changes));
        _content = content;
        await WriteAsync(new InstanceMessage { Acknowledgement = new Acknowledgement { Revision = update.Revision, Hash = content.Hash } });
    }
}

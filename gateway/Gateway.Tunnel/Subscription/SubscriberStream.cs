using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Health;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Publication.Streams;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Subscription;

/// <summary>One stream to one control plane, from hello to its end.</summary>
internal sealed class SubscriberStream(
    TunnelChannel channel,
    ConfigurationApplier applier,
    AuthorityUpdates authorities,
    SubscriptionState state,
    ProcessInstance instance,
    TunnelClientOptions options,
    TimeProvider time,
    ILogger<TunnelSubscriber> logger,
    IHealthReporter? health) : IDisposable
{
    /// <summary>Until the welcome says another.</summary>
    private static readonly TimeSpan GreetingTime = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _writing = new(1);
    private readonly UpdateAssembler _assembler = new(options.MaximumContentSize);
    private TimeSpan _silence = GreetingTime;
    private Disconnect? _farewell;
    private bool _welcomed;

    public async Task<StreamOutcome> RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = new Cluster.ClusterClient(channel.Channel).Connect(cancellationToken: ended.Token);
        var heartbeats = Task.CompletedTask;
        try
        {
            await WriteAsync(call, new InstanceMessage { Hello = Hello() }, ended.Token);
            while (_farewell is null && await ReadAsync(call, ended))
            {
                var wasWelcomed = _welcomed;
                await HandleAsync(call, call.ResponseStream.Current, ended.Token);
                if (!wasWelcomed && _welcomed)
                {
                    heartbeats = BeatAsync(call, ended.Token);
                }
            }

            return Outcome(_farewell?.Problem ?? "the control plane ended the stream");
        }
        catch (RpcException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Outcome(channel.Refusal is { } refusal ? $"its certificate is refused: {refusal.Problem}" : Describe(error));
        }
        catch (InvalidDataException error)
        {
            return Outcome(error.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Outcome($"nothing was heard for {_silence.TotalSeconds:0} s");
        }
        finally
        {
            await ended.CancelAsync();
            await heartbeats;
        }
    }

    public void Dispose() => _writing.Dispose();

    private StreamOutcome Outcome(string problem) => new(
        _welcomed, problem, _farewell?.Retry == Disconnect.Types.Retry.Elsewhere ? TimeSpan.FromMilliseconds(_farewell.RetryWithin) : null);

    private Hello Hello()
    {
        var hello = new Hello
        {
            ProtocolVersion = InstanceHello.ProtocolVersion,
            InstanceId = ChangeSetCodec.ToBytes(instance.Id),
            Hostname = options.Hostname,
            GatewayVersion = options.GatewayVersion,
            Node = NodeDescription.Read(),
            Applied = applier.Applied,
        };
        foreach (var (name, version) in options.Plugins)
        {
            hello.Plugins.Add(name, version);
        }

        foreach (var (label, value) in options.Labels)
        {
            hello.Labels.Add(label, value);
        }

        return hello;
    }

    /// <summary>False at the stream's end. Silence is measured while waiting, not while applying.</summary>
    private async Task<bool> ReadAsync(AsyncDuplexStreamingCall<InstanceMessage, ControlPlaneMessage> call, CancellationTokenSource ended)
    {
        await using var silence = time.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), ended, _silence, Timeout.InfiniteTimeSpan);
        try
        {
            return await call.ResponseStream.MoveNext(ended.Token);
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Cancelled && ended.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, ended.Token);
        }
    }

    private async Task HandleAsync(
        AsyncDuplexStreamingCall<InstanceMessage, ControlPlaneMessage> call, ControlPlaneMessage message, CancellationToken cancellationToken)
    {
        if (!_welcomed && message.KindCase is not (ControlPlaneMessage.KindOneofCase.Welcome or ControlPlaneMessage.KindOneofCase.Disconnect))
        {
            throw new InvalidDataException($"{message.KindCase} came before the welcome");
        }

        var received = message.KindCase switch
        {
            ControlPlaneMessage.KindOneofCase.Update => _assembler.Begin(message.Update),
            ControlPlaneMessage.KindOneofCase.UpdatePart => _assembler.Continue(message.UpdatePart),
            _ => null,
        };
        if (received is not null)
        {
            await WriteAsync(call, await applier.ApplyAsync(received, cancellationToken), cancellationToken);
            return;
        }

        switch (message.KindCase)
        {
            case ControlPlaneMessage.KindOneofCase.Welcome:
                Handle(message.Welcome);
                break;
            case ControlPlaneMessage.KindOneofCase.Notice:
                SetNotice(message.Notice.State, message.Notice.Reasons);
                break;
            case ControlPlaneMessage.KindOneofCase.Authorities:
                authorities.Take(message.Authorities, channel);
                break;
            case ControlPlaneMessage.KindOneofCase.Disconnect:
                _farewell = message.Disconnect;
                break;
        }
    }

    private void Handle(Welcome welcome)
    {
        _welcomed = true;
        _silence = TimeSpan.FromMilliseconds(Math.Clamp(welcome.HeartbeatInterval, 100, 300_000)) * 3;
        SubscriptionLog.Connected(logger, Address, channel.Material.Identity.Site!);
        state.Set(status => status with { Connected = true, ControlPlane = Address, LastError = null });
        SetNotice(welcome.State, welcome.Reasons);
    }

    private string Address => $"{channel.Address.Host}:{channel.Address.Port}";

    private void SetNotice(State said, IReadOnlyCollection<Reason> reasons)
    {
        string? notice = null;
        if (said is not (State.Unspecified or State.Normal or State.Behind))
        {
            notice = reasons.Count > 0 ? string.Join("; ", reasons.Select(reason => ProtocolState.Of(reason).ToString())) : said.ToString();
            SubscriptionLog.Notice(logger, notice);
        }

        state.Set(status => status with { Notice = notice });
    }

    private async Task BeatAsync(AsyncDuplexStreamingCall<InstanceMessage, ControlPlaneMessage> call, CancellationToken cancellationToken)
    {
        // Half of the interval, which is a third of the silence that is allowed.
        using var timer = new PeriodicTimer(_silence / 6, time);
        try
        {
            TargetHealth? said = null;
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await WriteAsync(call, new InstanceMessage { Heartbeat = new Heartbeat { Applied = applier.Applied } }, cancellationToken);
                if (health is not null && HealthReportCodec.Encode(health.Read()) is var report && !report.Equals(said))
                {
                    await WriteAsync(call, new InstanceMessage { TargetHealth = report }, cancellationToken);
                    said = report;
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or RpcException)
        {
            // The stream has ended: the reader says why.
        }
    }

    private async Task WriteAsync(
        AsyncDuplexStreamingCall<InstanceMessage, ControlPlaneMessage> call, InstanceMessage message, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await call.RequestStream.WriteAsync(message, cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // The call is complete: the reader says why.
        }
        finally
        {
            _writing.Release();
        }
    }

    private static string Describe(RpcException error)
    {
        // The innermost says what a person needs: "Connection refused".
        var cause = error.Status.DebugException;
        while (cause?.InnerException is not null)
        {
            cause = cause.InnerException;
        }

        return cause is null ? $"{error.StatusCode}: {error.Status.Detail}" : $"{error.StatusCode}: {cause.Message}";
    }
}

using System.Threading.Channels;
using Gateway.Tunnel.Health;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Sites;
using Google.Protobuf;
using Grpc.Core;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>
/// One live stream: one loop owns its state and does all writing, and sleeps until a message, a release, a site's change or the heartbeat's timer wakes it.
/// </summary>
internal sealed class InstanceSession : IDisposable
{
    /// <summary>What a peer that does not read is given to take the farewell.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);
    private const int MaximumQueuedMessages = 16;

    private readonly SessionServices _services;
    private readonly SessionPeer _peer;
    private readonly InstanceHello _hello;
    private readonly Delivery _delivery;
    private readonly InstanceAssessor _assessor;
    private readonly SentViews _sent;
    private readonly WakeSignal _wake = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Channel<InstanceMessage> _incoming = Channel.CreateBounded<InstanceMessage>(MaximumQueuedMessages);
    private volatile Site _site;
    private volatile StreamEnd? _end;
    private SyncStatus _noticed = SyncStatus.Normal;
    private (string Pem, string Signer) _saidAuthorities;
    private long _lastSaid;
    private long _lastHeard;
    private bool _hasBeaten;

    /// <param name="admitted">The peer's site as it was when the stream was admitted.</param>
    public InstanceSession(SessionServices services, SessionPeer peer, InstanceHello hello, Site admitted)
    {
        (_services, _peer, _hello, _site) = (services, peer, hello, admitted);
        _delivery = new Delivery(hello.Applied);
        _assessor = new InstanceAssessor(services, hello, _delivery);
        _sent = new SentViews(services, _assessor.Translation);
        _lastSaid = _lastHeard = services.Time.GetTimestamp();
    }

    public SessionPeer Peer => _peer;

    public Guid Instance => _hello.Instance;

    /// <summary>From any thread: the stream ends now, also where the peer does not read.</summary>
    public void End(StreamEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is not null)
        {
            return;
        }

        if (end.Cause == Disconnect.Types.Cause.ProtocolError)
        {
            _services.Metrics.Refused(RefusalReasons.Protocol);
        }

        _wake.Set();
        try
        {
            _abort.CancelAfter(FarewellTime);
        }
        catch (ObjectDisposedException)
        {
            // The stream ended by itself meanwhile.
        }
    }

    /// <summary>From any thread: there may be something to say.</summary>
    public void Wake() => _wake.Set();

    /// <summary>From any thread: what the site is now; null where it is gone.</summary>
    public void SetSite(Site? site)
    {
        if (site is not { Enabled: true })
        {
            End(StreamEnd.SiteNotAllowed);
            return;
        }

        _site = site;
        _wake.Set();
    }

    public async Task RunAsync(
        IAsyncStreamReader<InstanceMessage> reader, IServerStreamWriter<ControlPlaneMessage> writer, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _abort.Token);
        var interval = _services.Options.HeartbeatInterval;

        // Half the interval, so that what is due is said within it.
        using var timer = _services.Time.CreateTimer(_ => OnTick(), null, interval / 2, interval / 2);
        _services.Releases.Moved += OnMoved;
        var reading = ReadAsync(reader, linked.Token);
        try
        {
            await WelcomeAsync(writer, linked.Token);
            while (await StepAsync(writer, linked.Token))
            {
                await _wake.WaitAsync(linked.Token);
            }

            // The peer ends the stream when it has read the farewell; closing before that could take the farewell from it. Ours is the last word after a while.
            await reading;
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or RpcException)
        {
            // The peer is gone, or did not take the farewell.
        }
        finally
        {
            _services.Releases.Moved -= OnMoved;
            await _abort.CancelAsync();
            await reading;
            if (_end?.Cause != Disconnect.Types.Cause.Superseded)
            {
                Report(connected: false);
            }

            PublicationLog.Disconnected(_services.Logger, _hello.Instance, _peer.Site, _end?.Problem ?? "the connection ended");
        }
    }

    public void Dispose() => _abort.Dispose();

    private void OnMoved(object? sender, EventArgs moved) => _wake.Set();

    // Also while an update waits to be read: a peer that is gone, or may not go on, ends all the same.
    private void OnTick()
    {
        CheckDeadlines();
        _wake.Set();
    }

    private async Task ReadAsync(IAsyncStreamReader<InstanceMessage> reader, CancellationToken cancellationToken)
    {
        try
        {
            while (await reader.MoveNext(cancellationToken))
            {
                // What is heard counts when it comes: the loop may be busy with an update that is read slowly.
                Volatile.Write(ref _lastHeard, _services.Time.GetTimestamp());
                if (reader.Current.KindCase == InstanceMessage.KindOneofCase.Heartbeat)
                {
                    Volatile.Write(ref _hasBeaten, true);
                }
                else
                {
                    await _incoming.Writer.WriteAsync(reader.Current, cancellationToken);
                }

                _wake.Set();
            }
        }
        catch (InvalidProtocolBufferException)
        {
            End(StreamEnd.ProtocolError("a message is malformed"));
        }
        catch (RpcException error) when (error.StatusCode != StatusCode.Cancelled)
        {
            // Such as a message larger than allowed.
            End(StreamEnd.ProtocolError(error.Status.Detail));
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or RpcException or InvalidOperationException)
        {
            // The stream has ended, at either end.
        }
        finally
        {
            _incoming.Writer.TryComplete();
            _wake.Set();
        }
    }

    private async Task WelcomeAsync(IServerStreamWriter<ControlPlaneMessage> writer, CancellationToken cancellationToken)
    {
        _assessor.Assess(_site);
        _noticed = _assessor.Status;
        await writer.WriteAsync(new ControlPlaneMessage { Welcome = _services.Greet(_peer, _assessor) }, cancellationToken);
        Report(connected: true);
    }

    /// <summary>Does all there is to do; false at the stream's end.</summary>
    private async Task<bool> StepAsync(IServerStreamWriter<ControlPlaneMessage> writer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var heard = HandleMessages();
            CheckDeadlines();
            if (_end is { } end)
            {
                await writer.WriteAsync(new ControlPlaneMessage { Disconnect = end.ToMessage() }, cancellationToken);
                return false;
            }

            if (_incoming.Reader.Completion.IsCompleted)
            {
                return false;
            }

            var before = (_assessor.Status, _assessor.Problems);
            var target = _assessor.Assess(_site);
            if (heard || (_assessor.Status, _assessor.Problems) != before)
            {
                Report(connected: true);
            }

            await NoticeAsync(writer, cancellationToken);
            await SayAuthoritiesAsync(writer, cancellationToken);
            if (target is null || !await OfferAsync(writer, target, cancellationToken))
            {
                await HeartbeatAsync(writer, cancellationToken);
                return true;
            }
        }
    }

    private bool HandleMessages()
    {
        var heard = Interlocked.Exchange(ref _hasBeaten, false);
        while (_incoming.Reader.TryRead(out var message))
        {
            heard = true;
            switch (message.KindCase)
            {
                case InstanceMessage.KindOneofCase.Hello:
                    End(StreamEnd.ProtocolError("a second hello came"));
                    break;
                case InstanceMessage.KindOneofCase.Acknowledgement:
                    Handle(message.Acknowledgement);
                    break;
                case InstanceMessage.KindOneofCase.Refusal:
                    Handle(message.Refusal);
                    break;
                case InstanceMessage.KindOneofCase.TargetHealth:
                    Handle(message.TargetHealth);
                    break;
            }
        }

        return heard;
    }

    private void Handle(Acknowledgement acknowledgement)
    {
        if (acknowledgement.Hash.Length > 64 || !_delivery.Acknowledge(acknowledgement.Revision, acknowledgement.Hash))
        {
            End(StreamEnd.ProtocolError($"revision {acknowledgement.Revision} was acknowledged but not sent"));
            return;
        }

        _sent.Acknowledged();
        PublicationLog.Acknowledged(_services.Logger, _hello.Instance, _peer.Site, acknowledgement.Revision);
    }

    private void Handle(Refusal refusal)
    {
        var problem = ProtocolState.Describe(refusal);
        if (!_delivery.Refuse(refusal.Revision, refusal.Kind, problem))
        {
            End(StreamEnd.ProtocolError($"revision {refusal.Revision} was refused but not sent"));
            return;
        }

        PublicationLog.Refused(_services.Logger, _hello.Instance, _peer.Site, refusal.Revision, problem);
    }

    private void Handle(TargetHealth health)
    {
        if (HealthReportCodec.Decode(health) is { } report)
        {
            _services.Directory.ReportHealth(_hello.Instance, report);
        }
        else
        {
            End(StreamEnd.ProtocolError("the health of targets cannot be read"));
        }
    }

    private void CheckDeadlines()
    {
        if (_services.Time.GetElapsedTime(Volatile.Read(ref _lastHeard)) > _services.Options.HeartbeatInterval * 3)
        {
            End(StreamEnd.Silent);
        }

        if (_services.Time.GetUtcNow() >= _peer.CertificateNotAfter)
        {
            End(StreamEnd.CertificateExpired);
        }
    }

    private async Task<bool> OfferAsync(IServerStreamWriter<ControlPlaneMessage> writer, DeliveryPoint target, CancellationToken cancellationToken)
    {
        var step = _delivery.Next(target);
        if (step == DeliveryStep.Nothing)
        {
            return false;
        }

        var published = _assessor.Published!;
        var deltaBase = _delivery.Acknowledged;
        var changes = step == DeliveryStep.Delta ? await _sent.DeltaAsync(deltaBase!, published, _site) : null;
        var isSnapshot = changes is null;
        changes ??= await published.SnapshotAsync();
        _delivery.Sent(target, isSnapshot);
        _sent.Sent(published);
        await UpdateWriter.WriteAsync(writer, target, isSnapshot ? null : deltaBase, changes, cancellationToken);
        _lastSaid = _services.Time.GetTimestamp();
        _services.Metrics.UpdateSent(isSnapshot, changes.Payload.Length);
        return true;
    }

    private async Task NoticeAsync(IServerStreamWriter<ControlPlaneMessage> writer, CancellationToken cancellationToken)
    {
        // Being behind is what updates are for.
        if (_assessor.Status == _noticed || _assessor.Status is SyncStatus.Behind or SyncStatus.Unknown)
        {
            return;
        }

        var notice = new Notice { State = ProtocolState.Of(_assessor.Status) };
        if (_assessor.IsHeldBack)
        {
            notice.Reasons.AddRange(_assessor.Problems.Select(ProtocolState.Of));
        }

        _noticed = _assessor.Status;
        await writer.WriteAsync(new ControlPlaneMessage { Notice = notice }, cancellationToken);
    }

    private async Task SayAuthoritiesAsync(IServerStreamWriter<ControlPlaneMessage> writer, CancellationToken cancellationToken)
    {
        var authorities = (_services.Issuer.AuthoritiesPem, _services.Issuer.Signer);
        if (authorities != _saidAuthorities)
        {
            _saidAuthorities = authorities;
            var message = new Authorities { Pem = authorities.AuthoritiesPem, Signer = authorities.Signer };
            await writer.WriteAsync(new ControlPlaneMessage { Authorities = message }, cancellationToken);
        }
    }

    private async Task HeartbeatAsync(IServerStreamWriter<ControlPlaneMessage> writer, CancellationToken cancellationToken)
    {
        if (_services.Time.GetElapsedTime(_lastSaid) >= _services.Options.HeartbeatInterval / 2)
        {
            _lastSaid = _services.Time.GetTimestamp();
            await writer.WriteAsync(new ControlPlaneMessage { Heartbeat = new Heartbeat() }, cancellationToken);
        }
    }

    private void Report(bool connected) =>
        _services.Directory.Report(InstanceReport.Of(
            _peer, _hello, _delivery, _assessor, connected, _services.Time.GetUtcNow() - _services.Time.GetElapsedTime(Volatile.Read(ref _lastHeard))));
}

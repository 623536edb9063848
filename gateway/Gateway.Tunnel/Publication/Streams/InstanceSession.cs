using System.Threading.Channels;
using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Publication.Compatibility;
using Gateway.Tunnel.Publication.Views;
using Gateway.Tunnel.Sites;
using Grpc.Core;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>
/// One live stream: one loop owns its state and does all writing, and sleeps until a message, a release, a site's change or the heartbeat's timer wakes it.
/// </summary>
internal sealed class InstanceSession(SessionServices services, SessionPeer peer, InstanceHello hello, Site admitted) : IDisposable
{
    /// <summary>What a peer that does not read is given to take the farewell.</summary>
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(2);
    private const int MaximumQueuedMessages = 16;

    private readonly Delivery _delivery = new(hello.Applied);
    private readonly WakeSignal _wake = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Channel<InstanceMessage> _incoming = Channel.CreateBounded<InstanceMessage>(MaximumQueuedMessages);
    private readonly long _readingAtHello = services.Releases.State?.Reading ?? 0;
    private volatile Site _site = admitted;
    private volatile StreamEnd? _end;
    private (Site Site, SiteView View)? _view;

    // Held so that the catalogue's weak reference lives while this instance runs it.
    private PublishedView? _published;
    private CompatibilityVerdict _verdict = CompatibilityVerdict.Normal;
    private SyncStatus _status = SyncStatus.Unknown;
    private SyncStatus _noticed = SyncStatus.Normal;
    private DateTimeOffset _lastSeen = services.Time.GetUtcNow();
    private long _lastSaid = services.Time.GetTimestamp();
    private long _lastHeard = services.Time.GetTimestamp();

    public SessionPeer Peer => peer;

    public Guid Instance => hello.Instance;

    /// <summary>From any thread: the stream ends now, also where the peer does not read.</summary>
    public void End(StreamEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is not null)
        {
            return;
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
        var interval = services.Options.HeartbeatInterval;

        // Half the interval, so that what is due is said within it.
        using var timer = services.Time.CreateTimer(_ => _wake.Set(), null, interval / 2, interval / 2);
        services.Releases.Moved += OnMoved;
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
            services.Releases.Moved -= OnMoved;
            await _abort.CancelAsync();
            await reading;
            if (_end?.Cause != Disconnect.Types.Cause.Superseded)
            {
                Report(connected: false);
            }

            PublicationLog.Disconnected(services.Logger, hello.Instance, peer.Site, _end?.Problem ?? "the connection ended");
        }
    }

    public void Dispose() => _abort.Dispose();

    private void OnMoved(object? sender, EventArgs moved) => _wake.Set();

    private async Task ReadAsync(IAsyncStreamReader<InstanceMessage> reader, CancellationToken cancellationToken)
    {
        try
        {
            while (await reader.MoveNext(cancellationToken))
            {
                await _incoming.Writer.WriteAsync(reader.Current, cancellationToken);
                _wake.Set();
            }
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
        if (hello.Applied is { } applied && applied.Revision > (services.Releases.State?.Channels.Max(c => c.Release.Revision) ?? 0))
        {
            // It may have come from a replica that is ahead of us: see Target.
            services.Releases.Refresh();
        }

        Assess();
        var welcome = new Welcome
        {
            ServerId = services.ServerId,
            GatewayVersion = services.Options.GatewayVersion,
            TrustDomain = peer.Identity.TrustDomain,
            Site = peer.Site,
            HeartbeatInterval = (uint)services.Options.HeartbeatInterval.TotalMilliseconds,
            State = ProtocolState.Of(_status),
        };
        welcome.Reasons.AddRange(_verdict.Problems.Select(ProtocolState.Of));
        _noticed = _status;
        await writer.WriteAsync(new ControlPlaneMessage { Welcome = welcome }, cancellationToken);
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
                await writer.WriteAsync(new ControlPlaneMessage { Disconnect = Farewell(end) }, cancellationToken);
                return false;
            }

            if (_incoming.Reader.Completion.IsCompleted)
            {
                return false;
            }

            var before = _status;
            var target = Assess();
            if (heard || _status != before)
            {
                Report(connected: true);
            }

            await NoticeAsync(writer, cancellationToken);
            if (target is null || !await OfferAsync(writer, target, cancellationToken))
            {
                await HeartbeatAsync(writer, cancellationToken);
                return true;
            }
        }
    }

    private bool HandleMessages()
    {
        var heard = false;
        while (_incoming.Reader.TryRead(out var message))
        {
            heard = true;
            _lastSeen = services.Time.GetUtcNow();
            _lastHeard = services.Time.GetTimestamp();
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

        PublicationLog.Acknowledged(services.Logger, hello.Instance, peer.Site, acknowledgement.Revision);
    }

    private void Handle(Refusal refusal)
    {
        var problem = ProtocolState.Describe(refusal);
        if (!_delivery.Refuse(refusal.Revision, refusal.Kind, problem))
        {
            End(StreamEnd.ProtocolError($"revision {refusal.Revision} was refused but not sent"));
            return;
        }

        PublicationLog.Refused(services.Logger, hello.Instance, peer.Site, refusal.Revision, problem);
    }

    private void CheckDeadlines()
    {
        if (services.Time.GetElapsedTime(_lastHeard) > services.Options.HeartbeatInterval * 3)
        {
            End(StreamEnd.Silent);
        }

        if (services.Time.GetUtcNow() >= peer.CertificateNotAfter)
        {
            End(StreamEnd.CertificateExpired);
        }
    }

    /// <summary>Works out what the instance should run and how it stands; null while that is not known or not for it.</summary>
    private DeliveryPoint? Assess()
    {
        var site = _site;
        if (_view?.Site != site)
        {
            _view = (site, services.ViewFilter.For(site));
        }

        if (services.Releases.State is not { } state)
        {
            _status = SyncStatus.Unknown;
            return null;
        }

        var channel = state.ChannelOf(site);
        _verdict = services.Compatibility.Assess(hello.Profile, channel.Content);
        if (_verdict.Status != SyncStatus.Normal)
        {
            _status = _verdict.Status;
            return null;
        }

        _published = services.Views.Get(state, channel, _view.Value.View, _verdict.Translation);
        var target = new DeliveryPoint(_published.Channel, _published.Content.Revision, _published.Content.Hash);
        _status = _delivery.StatusFor(target);

        // Back only where the store says so after the hello: another replica may have heard of a newer revision before us.
        return hello.Applied is { } applied && applied.Revision > target.Revision && state.Reading <= _readingAtHello ? null : target;
    }

    private async Task<bool> OfferAsync(IServerStreamWriter<ControlPlaneMessage> writer, DeliveryPoint target, CancellationToken cancellationToken)
    {
        var step = _delivery.Next(target);
        if (step == DeliveryStep.Nothing)
        {
            return false;
        }

        // The view that the target was taken from: Assess may have moved on by the time a payload is made, but not within this step.
        var published = _published!;
        var deltaBase = _delivery.Acknowledged;
        EncodedChanges? changes = null;
        if (step == DeliveryStep.Delta)
        {
            changes = deltaBase!.Hash == target.Hash ? EncodedChanges.None : await published.DeltaFromAsync(deltaBase.Revision);
        }

        var isSnapshot = changes is null;
        changes ??= await published.SnapshotAsync();
        _delivery.Sent(target, isSnapshot);
        await UpdateWriter.WriteAsync(writer, target, isSnapshot ? null : deltaBase, changes, cancellationToken);
        _lastSaid = services.Time.GetTimestamp();
        services.Metrics.UpdateSent(isSnapshot, changes.Payload.Length);
        return true;
    }

    private async Task NoticeAsync(IServerStreamWriter<ControlPlaneMessage> writer, CancellationToken cancellationToken)
    {
        // Being behind is what updates are for.
        if (_status == _noticed || _status is SyncStatus.Behind or SyncStatus.Unknown)
        {
            return;
        }

        var notice = new Notice { State = ProtocolState.Of(_status) };
        notice.Reasons.AddRange(_verdict.Problems.Select(ProtocolState.Of));
        _noticed = _status;
        await writer.WriteAsync(new ControlPlaneMessage { Notice = notice }, cancellationToken);
    }

    private async Task HeartbeatAsync(IServerStreamWriter<ControlPlaneMessage> writer, CancellationToken cancellationToken)
    {
        if (services.Time.GetElapsedTime(_lastSaid) >= services.Options.HeartbeatInterval / 2)
        {
            _lastSaid = services.Time.GetTimestamp();
            await writer.WriteAsync(new ControlPlaneMessage { Heartbeat = new Heartbeat() }, cancellationToken);
        }
    }

    private static Disconnect Farewell(StreamEnd end) => new()
    {
        Cause = end.Cause,
        Problem = end.Problem,
        Retry = end.Retry,
        RetryWithin = (uint)end.RetryWithin.TotalMilliseconds,
    };

    private void Report(bool connected) => services.Directory.Report(new InstanceState
    {
        Id = hello.Instance,
        Site = peer.Site,
        Hostname = hello.Hostname,
        Ip = peer.Address,
        Version = hello.Profile.GatewayVersion,
        Plugins = hello.Profile.Plugins,
        Revision = _delivery.Acknowledged?.Revision ?? 0,
        ConfigurationHash = _delivery.Acknowledged?.Hash ?? "",
        SyncStatus = _status,
        LastRefusal = _verdict.Problems.Count > 0 ? string.Join("; ", _verdict.Problems.Select(p => p.ToString())) : _delivery.LastRefusal,
        Connected = connected,
        LastSeen = _lastSeen,
        CertificateExpiry = peer.CertificateNotAfter,
    });
}

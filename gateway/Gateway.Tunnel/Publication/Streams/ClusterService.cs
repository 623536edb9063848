using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Sites;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>Port 8005: authorises the site, takes the hello, and leaves the rest to the session.</summary>
internal sealed class ClusterService(SessionServices services, LiveSessions sessions, ISiteDirectory sites, ILogger<ClusterService> logger)
    : Cluster.ClusterBase
{
    private static readonly TimeSpan HelloTime = TimeSpan.FromSeconds(10);

    public override async Task Connect(
        IAsyncStreamReader<InstanceMessage> requestStream, IServerStreamWriter<ControlPlaneMessage> responseStream, ServerCallContext context)
    {
        var peer = PeerOf(context);
        var site = await SiteAdmission.AdmitAsync(sites, peer.Site, services.Metrics, context.CancellationToken);
        if (site is null)
        {
            PublicationLog.StreamRefused(logger, peer.Site, peer.Address, "the site is not registered or is disabled");
            throw SiteAdmission.Denied(peer.Site);
        }

        var hello = await ReadHelloAsync(requestStream, peer, context.CancellationToken);
        PublicationLog.Connected(
            logger, hello.Instance, peer.Site, peer.Address, hello.Hostname, hello.Profile.GatewayVersion, hello.Applied?.Revision ?? 0);
        using var session = new InstanceSession(services, peer, hello, site);
        sessions.Add(session);
        services.Metrics.StreamBegan();
        try
        {
            // A change of the site between the admission and the registration would have been missed.
            session.SetSite(await sites.FindAsync(peer.Site, context.CancellationToken));
            await session.RunAsync(requestStream, responseStream, context.CancellationToken);
        }
        finally
        {
            services.Metrics.StreamEnded();
            sessions.Remove(session);
        }
    }

    private static SessionPeer PeerOf(ServerCallContext context)
    {
        var http = context.GetHttpContext();
        var connection = http.Features.Get<TunnelConnection>();
        if (connection?.Peer is not { Site: not null } identity)
        {
            throw new RpcException(new Status(StatusCode.Unauthenticated, "no data plane's certificate"));
        }

        return new SessionPeer(identity, http.Connection.RemoteIpAddress?.ToString() ?? "", connection.CertificateNotAfter);
    }

    private async Task<InstanceHello> ReadHelloAsync(IAsyncStreamReader<InstanceMessage> reader, SessionPeer peer, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(HelloTime, services.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            if (!await reader.MoveNext(linked.Token) || reader.Current.KindCase != InstanceMessage.KindOneofCase.Hello)
            {
                throw Refused(peer, StatusCode.InvalidArgument, "the first message was no hello");
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw Refused(peer, StatusCode.DeadlineExceeded, $"no hello came within {HelloTime.TotalSeconds} s");
        }

        var message = reader.Current.Hello;
        if (message.ProtocolVersion != InstanceHello.ProtocolVersion)
        {
            throw Refused(peer, StatusCode.Unimplemented, $"protocol_version: {message.ProtocolVersion} (allowed: {InstanceHello.ProtocolVersion})");
        }

        var (hello, problem) = InstanceHello.Read(message);
        return hello ?? throw Refused(peer, StatusCode.InvalidArgument, problem);
    }

    private RpcException Refused(SessionPeer peer, StatusCode code, string problem)
    {
        services.Metrics.Refused("protocol");
        PublicationLog.StreamRefused(logger, peer.Site, peer.Address, problem);
        return new RpcException(new Status(code, problem));
    }
}

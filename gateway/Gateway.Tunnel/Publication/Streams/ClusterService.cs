using Gateway.Tunnel.Enrollment;
using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Sites;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>Port 8005: authorises the site, takes the hello, and leaves the rest to the session.</summary>
internal sealed class ClusterService(
    SessionServices services, LiveSessions sessions, SiteAdmission admission, SiteWatcher watcher, CertificateIssuance issuance, ILogger<ClusterService> logger) : Cluster.ClusterBase
{
    private static readonly TimeSpan HelloTime = TimeSpan.FromSeconds(10);

    public override async Task Connect(
        IAsyncStreamReader<InstanceMessage> requestStream, IServerStreamWriter<ControlPlaneMessage> responseStream, ServerCallContext context)
    {
        var (peer, site) = await AdmitAsync(context, renewing: false);
        var hello = await ReadHelloAsync(requestStream, peer, context.CancellationToken);
        PublicationLog.Connected(
            logger, hello.Instance, peer.Site, peer.Address, hello.Hostname, hello.Profile.GatewayVersion, hello.Applied?.Revision ?? 0);
        using var session = new InstanceSession(services, peer, hello, site);
        sessions.Add(session);
        services.Metrics.StreamBegan();
        try
        {
            // What changed between the admission and the registration would have been missed.
            await watcher.RefreshAsync(session, context.CancellationToken);
            await session.RunAsync(requestStream, responseStream, context.CancellationToken);
        }
        finally
        {
            services.Metrics.StreamEnded();
            sessions.Remove(session);
        }
    }

    public override async Task<SiteCertificate> Renew(RenewRequest request, ServerCallContext context)
    {
        var (peer, site) = await AdmitAsync(context, renewing: true);
        return await issuance.RenewAsync(site.Name, request.SigningRequest.Memory, peer.Address, context.CancellationToken);
    }

    private async Task<(SessionPeer Peer, Site Site)> AdmitAsync(ServerCallContext context, bool renewing)
    {
        var http = context.GetHttpContext();
        var connection = http.Features.Get<TunnelConnection>();
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        try
        {
            var site = await admission.AdmitAsync(connection, renewing, context.CancellationToken);
            return (new SessionPeer(connection!, address), site);
        }
        catch (RpcException refusal)
        {
            PublicationLog.StreamRefused(logger, connection?.Peer?.Site ?? "", address, refusal.Status.Detail);
            throw;
        }
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
        catch (InvalidProtocolBufferException)
        {
            throw Refused(peer, StatusCode.InvalidArgument, "the first message is malformed");
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.ResourceExhausted)
        {
            // Larger than a message may be.
            throw Refused(peer, error.StatusCode, error.Status.Detail);
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
        services.Metrics.Refused(RefusalReasons.Protocol);
        PublicationLog.StreamRefused(logger, peer.Site, peer.Address, problem);
        return new RpcException(new Status(code, problem));
    }
}

using System.Net.Sockets;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>
/// Carries what most requests are, HTTP/1.1 in clear with plain framing, over sockets of our own: one receive and one send where the general client takes several layers of
/// streams, requests and headers. Everything else goes to the general client.
/// </summary>
internal sealed class Http1Transport : IUpstreamTransport
{
    private readonly YarpTransport _general;
    private readonly ConnectionPools _pools;
    private readonly UpstreamConnector _connector;
    private readonly Exchange _exchange;

    public Http1Transport(YarpTransport general, ConnectionPools pools, UpstreamConnector connector, ResponseWriter responses)
    {
        _general = general;
        _pools = pools;
        _connector = connector;
        _exchange = new Exchange(responses, OpenAndSendAsync);
    }

    public ValueTask<TransportResult> SendAsync(RequestContext context, UpstreamAttempt attempt) =>
        IsPlain(context.Http, attempt.Service) ? SendPlainAsync(context, attempt) : _general.SendAsync(context, attempt);

    internal static bool IsPlain(HttpContext http, ServiceModel service)
    {
        if (service.Protocol != UpstreamProtocol.Http || HttpMethods.IsConnect(http.Request.Method))
        {
            return false;
        }

        // An upgrade becomes another protocol, an expectation holds the body back, trailers follow it.
        var headers = http.Request.Headers;
        return !headers.ContainsKey(HeaderNames.Upgrade) && !headers.ContainsKey(HeaderNames.Expect) && !headers.ContainsKey(HeaderNames.TE)
            && !headers.ContainsKey(HeaderNames.Trailer);
    }

    private ValueTask<TransportResult> SendPlainAsync(RequestContext context, UpstreamAttempt attempt) =>
        _pools.For(attempt.Target).Take() is { } connection ? _exchange.RunAsync(context, attempt, connection) : OpenAndSendAsync(context, attempt);

    private async ValueTask<TransportResult> OpenAndSendAsync(RequestContext context, UpstreamAttempt attempt)
    {
        UpstreamConnection connection;
        try
        {
            connection = await _pools.For(attempt.Target).OpenAsync(_connector, attempt.Service.Timeouts.Connect, context.Http.RequestAborted);
        }
        catch (SocketException failure)
        {
            return new TransportResult(Classify(failure.SocketErrorCode), failure);
        }
        catch (OperationCanceledException gone)
        {
            return new TransportResult(TransportOutcome.ClientGone, gone);
        }

        return await _exchange.RunAsync(context, attempt, connection);
    }

    private static TransportOutcome Classify(SocketError error) => error switch
    {
        SocketError.TimedOut => TransportOutcome.ConnectTimedOut,
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => TransportOutcome.NameNotResolved,
        _ => TransportOutcome.ConnectFailed,
    };
}

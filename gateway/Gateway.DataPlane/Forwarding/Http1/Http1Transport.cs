using System.Net.Sockets;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>
/// Carries what most requests are, HTTP/1.1 in clear with plain framing, over sockets of our own: one receive and one send where the general client takes several layers of
/// streams, requests and headers. Everything else goes to <paramref name="general"/>.
/// </summary>
internal sealed class Http1Transport(YarpTransport general, ConnectionPools pools, UpstreamConnector connector, ResponseWriter responses) : IUpstreamTransport
{
    private readonly Exchange _exchange = new(responses);

    public ValueTask<TransportResult> SendAsync(RequestContext context, UpstreamAttempt attempt) =>
        IsPlain(context.Http, attempt.Service) ? SendPlainAsync(context, attempt) : general.SendAsync(context, attempt);

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

    private async ValueTask<TransportResult> SendPlainAsync(RequestContext context, UpstreamAttempt attempt)
    {
        var pool = pools.For(attempt.Target);
        var connection = pool.Take();
        if (connection is not null)
        {
            var (result, isStale) = await _exchange.RunAsync(context, attempt, connection);
            if (!isStale)
            {
                return result;
            }
        }

        try
        {
            connection = await pool.OpenAsync(connector, attempt.Service.Timeouts.Connect, context.Http.RequestAborted);
        }
        catch (SocketException failure)
        {
            return new TransportResult(Classify(failure.SocketErrorCode), failure);
        }
        catch (OperationCanceledException gone)
        {
            return new TransportResult(TransportOutcome.ClientGone, gone);
        }

        return (await _exchange.RunAsync(context, attempt, connection)).Result;
    }

    private static TransportOutcome Classify(SocketError error) => error switch
    {
        SocketError.TimedOut => TransportOutcome.ConnectTimedOut,
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => TransportOutcome.NameNotResolved,
        _ => TransportOutcome.ConnectFailed,
    };
}

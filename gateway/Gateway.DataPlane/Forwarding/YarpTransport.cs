using System.Net.Sockets;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.DataPlane.Forwarding;

/// <summary>Carries anything (HTTP/1.1 and HTTP/2, WebSocket, gRPC, event streams) through YARP's forwarder over <see cref="SocketsHttpHandler"/>.</summary>
internal sealed class YarpTransport(IHttpForwarder forwarder, UpstreamConnections connections) : IUpstreamTransport
{
    public async ValueTask<TransportResult> SendAsync(RequestContext context, UpstreamAttempt attempt)
    {
        var http = context.Http;
        var service = attempt.Service;
        context.Transformer.Begin(attempt);
        context.Forwarded.CopyTo(http.Request.Headers, context.RequestId);
        var error = await forwarder.SendAsync(
            http,
            attempt.Target.BaseAddress(service.IsTls),
            connections.For(context.Plan!.Tls, service.Timeouts.Connect),
            BodyBytes.CanHaveBody(http) ? service.ForwardingWithBody : service.Forwarding,
            context.Transformer);
        if (error == ForwarderError.None)
        {
            return new TransportResult(TransportOutcome.Completed);
        }

        var result = Classify(context, error, http.Features.Get<IForwarderErrorFeature>()?.Exception);
        if (result.MayRetry)
        {
            // The forwarder has set its own status, and would not answer twice.
            http.Response.Clear();
        }

        return result;
    }

    private static TransportResult Classify(RequestContext context, ForwarderError error, Exception? failure)
    {
        if (FindBadRequest(failure) is { } fault)
        {
            return new TransportResult(TransportOutcome.ClientFault, failure, fault);
        }

        if (context.IsClientGone)
        {
            return new TransportResult(TransportOutcome.ClientGone, failure);
        }

        if (context.Http.Response.HasStarted)
        {
            return new TransportResult(TransportOutcome.Interrupted, failure);
        }

        var outcome = (error, failure) switch
        {
            (_, HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }) => TransportOutcome.NameNotResolved,
            (_, HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } connect) =>
                connect.InnerException is SocketException { SocketErrorCode: SocketError.TimedOut }
                    ? TransportOutcome.ConnectTimedOut
                    : TransportOutcome.ConnectFailed,
            (_, HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }) => TransportOutcome.ConnectFailed,

            // The handler reports its connect time-out so; the service's read time-out is the forwarder's own.
            (_, OperationCanceledException { InnerException: TimeoutException }) => TransportOutcome.ConnectTimedOut,
            (ForwarderError.RequestTimedOut, _) => TransportOutcome.TimedOut,
            (ForwarderError.RequestCanceled, _) or (ForwarderError.RequestBodyCanceled, _) => TransportOutcome.ClientGone,
            (ForwarderError.RequestBodyClient, _) => TransportOutcome.ClientGone,
            _ => TransportOutcome.Failed,
        };
        return new TransportResult(outcome, failure);
    }

    private static BadHttpRequestException? FindBadRequest(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is BadHttpRequestException bad)
            {
                return bad;
            }
        }

        return null;
    }
}

using System.Diagnostics;
using System.Net.Sockets;
using Gateway.DataPlane.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>
/// One request and its response over one connection, which is given back or closed at the end. The common case, a request whose body went with its head, is one state machine
/// with one wait: each further one would cost an allocation and a continuation.
/// </summary>
/// <param name="again">Sends a request over a new connection, whose first connection had been closed while it was idle.</param>
internal sealed class Exchange(ResponseWriter responses, Func<RequestContext, UpstreamAttempt, ValueTask<TransportResult>> again)
{
    private const int FirstHeadSize = 2 * 1024;

    private static readonly Task<ClientBodyResult> NoBody = Task.FromResult(new ClientBodyResult(ClientBodyOutcome.Sent));

    public async ValueTask<TransportResult> RunAsync(RequestContext context, UpstreamAttempt attempt, UpstreamConnection connection)
    {
        var http = context.Http;
        var isReused = connection.Requests++ > 0;
        var hasBody = BodyBytes.CanHaveBody(http) && http.Request.ContentLength is not 0;
        var isHead = HttpMethods.IsHead(http.Request.Method);
        var timeouts = attempt.Service.Timeouts;
        var body = NoBody;
        var isWhole = false;
        var isReusable = false;
        var isStale = false;
        var wasAnswered = false;
        TransportResult result;
        var aborted = default(CancellationTokenRegistration);
        var sharesConnection = HttpProtocol.IsHttp2(http.Request.Protocol);
        if (sharesConnection)
        {
            aborted = http.RequestAborted.UnsafeRegister(static state => ((UpstreamConnection)state!).Abort(), connection);
        }
        else
        {
            context.Connection.Tie(connection);
        }

        try
        {
            using (var head = new RequestHead(FirstHeadSize))
            {
                isWhole = Write(head, context, attempt, hasBody);
                await connection.SendAsync(head.Bytes, timeouts.Write);
                if (!isWhole)
                {
                    body = ClientBody.SendAsync(context, connection, timeouts.Write);
                }
            }

            var status = body.IsCompleted ? HeadStatus.Incomplete : await ReadHeadBesideAsync(connection, body, isHead, timeouts.Read);
            if (status == HeadStatus.Incomplete && UpstreamMayAnswer((await body).Outcome))
            {
                if ((await body).Outcome is not (ClientBodyOutcome.Sent or ClientBodyOutcome.UpstreamGone))
                {
                    // The request will never be whole: there is no answer to wait for.
                    connection.Abort();
                }

                while ((status = TryReadHead(connection, isHead)) == HeadStatus.Incomplete)
                {
                    if (connection.Add(await connection.ReceiveAsync(timeouts.Read)) == 0)
                    {
                        break;
                    }
                }
            }

            if (status != HeadStatus.Complete)
            {
                result = await FailedAsync(context, connection, body, failure: null);
                isStale = isReused && isWhole && MayBeSentAgain(context, connection, result);
            }
            else
            {
                wasAnswered = true;
                Answer(context, connection.Head);
                await responses.PrepareProxiedAsync(context);
                if (await ResponseBody.CopyAsync(context, connection, timeouts.Read))
                {
                    isReusable = connection.Head.KeepsAlive && connection.Received.IsEmpty
                        && body is { IsCompletedSuccessfully: true, Result.Outcome: ClientBodyOutcome.Sent };
                    result = new TransportResult(TransportOutcome.Completed);
                }
                else
                {
                    result = await FailedAsync(context, connection, body, failure: null);
                }
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            result = await FailedAsync(context, connection, body, failure);
            isStale = isReused && isWhole && !wasAnswered && MayBeSentAgain(context, connection, result);
        }
        finally
        {
            // Where the client's end has closed it, or is about to, it must not be closed under its next user.
            if (sharesConnection)
            {
                if (!aborted.Unregister())
                {
                    isReusable = false;
                    await aborted.DisposeAsync();
                }
            }
            else if (!context.Connection.TryUntie(connection))
            {
                isReusable = false;
            }

            if (!isReusable)
            {
                await StopAsync(context, connection, body);
            }

            connection.Pool.Return(connection, isReusable);
        }

        return isStale ? await again(context, attempt) : result;
    }

    /// <summary>True where all of the body is in it.</summary>
    private static bool Write(RequestHead head, RequestContext context, UpstreamAttempt attempt, bool hasBody)
    {
        var request = context.Http.Request;
        head.Write(context, attempt, chunked: hasBody && request.ContentLength is null);
        var isWhole = !hasBody || ClientBody.TryAppend(request, head);
        context.Timings.SentUpstream = Stopwatch.GetTimestamp();
        return isWhole;
    }

    /// <summary>Interim answers are passed over; what they would have said, the client has not asked for.</summary>
    private static HeadStatus TryReadHead(UpstreamConnection connection, bool isHead)
    {
        while (!connection.Received.IsEmpty)
        {
            var head = connection.Head;
            var status = head.TryRead(connection.Received, isHead, out var consumed);
            if (status != HeadStatus.Complete)
            {
                return status;
            }

            connection.Consume(consumed);
            head.Reset();
            if (head.Status >= StatusCodes.Status200OK)
            {
                return HeadStatus.Complete;
            }

            if (head.Status == StatusCodes.Status101SwitchingProtocols)
            {
                // Nobody asked for another protocol.
                return HeadStatus.Invalid;
            }
        }

        return HeadStatus.Incomplete;
    }

    /// <summary>As long as the client is sending, the upstream need not have said anything. Incomplete: the body is sent and no head has come.</summary>
    private static async ValueTask<HeadStatus> ReadHeadBesideAsync(UpstreamConnection connection, Task<ClientBodyResult> body, bool isHead, TimeSpan limit)
    {
        while (true)
        {
            var status = TryReadHead(connection, isHead);
            if (status != HeadStatus.Incomplete || body.IsCompleted)
            {
                return status;
            }

            var receiving = connection.ReceiveAsync(Timeout.InfiniteTimeSpan).AsTask();
            await Task.WhenAny(receiving, body);
            if (!receiving.IsCompleted)
            {
                if (!UpstreamMayAnswer((await body).Outcome))
                {
                    connection.Abort();
                }

                connection.LimitReceive(limit);
            }

            if (connection.Add(await receiving) == 0)
            {
                return HeadStatus.Invalid;
            }
        }
    }

    // An upstream that takes no more may have said why.
    private static bool UpstreamMayAnswer(ClientBodyOutcome outcome) => outcome is ClientBodyOutcome.Sent or ClientBodyOutcome.UpstreamGone;

    private static void Answer(RequestContext context, ResponseHead head)
    {
        context.Timings.ResponseHeaders = Stopwatch.GetTimestamp();
        context.IsProxied = true;
        var response = context.Http.Response;
        response.StatusCode = head.Status;
        for (var i = 0; i < head.FieldCount; i++)
        {
            var field = head[i];
            if (field.Role == HeaderRole.EndToEnd)
            {
                response.Headers[field.Name] = StringValues.Concat(response.Headers[field.Name], field.Value);
            }
        }

        if (head.ContentLength is { } length && head.Status is not StatusCodes.Status204NoContent)
        {
            response.ContentLength = length;
        }

        if (head.ConnectionOptions is { } options)
        {
            foreach (var option in options.Split(','))
            {
                response.Headers.Remove(option);
            }
        }
    }

    // RFC 9110, section 9.2.2: what is not idempotent may have been done, although nothing came back.
    private static bool MayBeSentAgain(RequestContext context, UpstreamConnection connection, TransportResult failed) =>
        failed.Outcome == TransportOutcome.Failed && connection.Received.IsEmpty && IsIdempotent(context.Http.Request.Method);

    private static bool IsIdempotent(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static async ValueTask<TransportResult> FailedAsync(RequestContext context, UpstreamConnection connection, Task<ClientBodyResult> body, Exception? failure)
    {
        var http = context.Http;
        var client = await StopAsync(context, connection, body);
        if (client.Outcome == ClientBodyOutcome.Malformed)
        {
            return new TransportResult(TransportOutcome.ClientFault, client.Failure, (BadHttpRequestException)client.Failure!);
        }

        if (client.Outcome == ClientBodyOutcome.TooSlow && !http.Response.HasStarted)
        {
            return ClientBody.TooSlow(client.Failure);
        }

        if (client.Outcome == ClientBodyOutcome.ClientGone || context.IsClientGone)
        {
            return new TransportResult(TransportOutcome.ClientGone, failure);
        }

        if (http.Response.HasStarted)
        {
            http.Abort();
            return new TransportResult(TransportOutcome.Interrupted, failure);
        }

        return new TransportResult(connection.HasTimedOut ? TransportOutcome.TimedOut : TransportOutcome.Failed, failure ?? client.Failure);
    }

    private static async ValueTask<ClientBodyResult> StopAsync(RequestContext context, UpstreamConnection connection, Task<ClientBodyResult> body)
    {
        connection.Abort();
        if (!body.IsCompleted)
        {
            context.Http.Request.BodyReader.CancelPendingRead();
        }

        return await body;
    }
}

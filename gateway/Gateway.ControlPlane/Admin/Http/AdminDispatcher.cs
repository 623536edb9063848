using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.ControlPlane.Access;
using Gateway.ControlPlane.Access.Audit;
using Gateway.ControlPlane.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Gateway.ControlPlane.Admin.Http;

/// <summary>Runs an endpoint and writes its answer; turns what goes wrong into Kong's bodies, without inner details.</summary>
internal sealed partial class AdminDispatcher(ControlPlaneOptions options, AccessGate gate, AuditLog audit, ILogger<AdminDispatcher> logger)
{
    public const string RevisionHeader = "X-Gateway-Revision";
    public const string MemoryRevisionHeader = "X-Gateway-Memory-Revision";

    // Read by people and programs, never by a browser as a page.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task RunAsync(HttpContext context, AdminRoute route) => RunAsync(context, route, RecordedPath.Of(context.Request, route.Pattern));

    /// <summary>Who is not known does not even learn which paths there are.</summary>
    public async Task NotFoundAsync(HttpContext context)
    {
        var entry = await gate.EnterAsync(context, RouteAccess.Anyone, RecordedPath.Of(context.Request, pattern: null));
        await WriteAsync(context, entry.Refusal ?? AdminResponse.NotFound());
    }

    private async Task RunAsync(HttpContext context, AdminRoute route, string path)
    {
        var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        var operation = route.Methods.GetValueOrDefault(method);
        var entry = await gate.EnterAsync(context, operation?.Access ?? RouteAccess.Anyone, path);
        var answer = entry.Refusal ?? await AnswerAsync(context, route, operation, entry, path);
        var writes = operation is not null && !HttpMethods.IsGet(method) && operation.Access.Permission is not Permission.SignIn;
        if (entry.Principal is { } principal && (writes || answer.Status is StatusCodes.Status403Forbidden))
        {
            audit.Wrote(context, principal.Name, path, answer.Status, answer.Revision, answer.Status < StatusCodes.Status400BadRequest ? null : (string?)answer.Body?["message"]);
        }

        await WriteAsync(context, answer);
    }

    private async Task<AdminResponse> AnswerAsync(HttpContext context, AdminRoute route, AdminOperation? operation, AccessGate.Entry entry, string path)
    {
        if (operation is not null)
        {
            return await AnswerAsync(context, operation.Handler, new AdminRequest(context, options, entry.Principal!, entry.Limits, path), path);
        }

        context.Response.Headers.Allow = Allowed(route);
        return HttpMethods.IsOptions(context.Request.Method) ? AdminResponse.NoContent() : AdminResponse.Message(StatusCodes.Status405MethodNotAllowed, "Method not allowed");
    }

    private async Task<AdminResponse> AnswerAsync(HttpContext context, AdminHandler handler, AdminRequest request, string path)
    {
        try
        {
            return await handler(request);
        }
        catch (StoreUnavailableException exception)
        {
            LogUnavailable(context.Request.Method, path, exception.Message);
            return AdminResponse.Of(new ConfigurationError(ErrorCode.DatabaseError, "the database is not available; nothing was changed, try again"));
        }
        catch (BadHttpRequestException exception)
        {
            return AdminResponse.Message(exception.StatusCode, exception.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return AdminResponse.Message(StatusCodes.Status499ClientClosedRequest, "the client went away");
        }
        catch (Exception exception)
        {
            LogFailed(exception, context.Request.Method, path);
            return AdminResponse.Message(StatusCodes.Status500InternalServerError, "An unexpected error occurred");
        }
    }

    private static async Task WriteAsync(HttpContext context, AdminResponse answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        if (answer.Revision is { } revision)
        {
            response.Headers[RevisionHeader] = revision.ToString();
        }

        if (answer.MemoryRevision is { } remembered)
        {
            response.Headers[MemoryRevisionHeader] = remembered.ToString();
        }

        if (answer.ETag is not null)
        {
            response.Headers.ETag = answer.ETag;
        }

        if (answer.Body is null)
        {
            return;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(answer.Body, Json);
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static StringValues Allowed(AdminRoute route) =>
        string.Join(", ", route.Methods.Keys.Concat(route.Methods.ContainsKey(HttpMethods.Get) ? [HttpMethods.Head, HttpMethods.Options] : [HttpMethods.Options]));

    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "{Method} {Path} was refused: {Reason}")]
    private partial void LogUnavailable(string method, string path, string reason);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailed(Exception exception, string method, string path);
}

using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.ControlPlane.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Gateway.ControlPlane.Admin.Http;

/// <summary>Runs an endpoint and writes its answer; turns what goes wrong into Kong's bodies, without inner details.</summary>
internal sealed partial class AdminDispatcher(ControlPlaneOptions options, ILogger<AdminDispatcher> logger)
{
    public const string RevisionHeader = "X-Gateway-Revision";

    // Read by people and programs, never by a browser as a page.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task RunAsync(HttpContext context, AdminRoute route)
    {
        var allowed = Allowed(route);
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.Headers.Allow = allowed;
            await WriteAsync(context, AdminResponse.NoContent());
            return;
        }

        var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        if (!route.Methods.TryGetValue(method, out var handler))
        {
            context.Response.Headers.Allow = allowed;
            await WriteAsync(context, AdminResponse.Message(StatusCodes.Status405MethodNotAllowed, "Method not allowed"));
            return;
        }

        await WriteAsync(context, await AnswerAsync(context, handler));
    }

    public static Task NotFoundAsync(HttpContext context) => WriteAsync(context, AdminResponse.NotFound());

    private async Task<AdminResponse> AnswerAsync(HttpContext context, AdminHandler handler)
    {
        try
        {
            return await handler(new AdminRequest(context, options));
        }
        catch (StoreUnavailableException exception)
        {
            LogUnavailable(context.Request.Method, context.Request.Path, exception.Message);
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
            LogFailed(exception, context.Request.Method, context.Request.Path);
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

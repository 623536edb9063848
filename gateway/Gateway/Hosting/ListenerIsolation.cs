namespace Gateway.Hosting;

/// <summary>
/// An endpoint with a <see cref="ListenerPort"/> is reachable through that port alone. The connection decides: a Host header, which the framework's own filter
/// goes by, can say anything.
/// </summary>
internal static class ListenerIsolation
{
    public static void UseListenerIsolation(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ListenerPort>() is not { } listener || listener.Port == context.Connection.LocalPort)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}

namespace Gateway.Hosting;

/// <summary>
/// An endpoint with a <see cref="ListenerPorts"/> is reachable through those ports alone. The connection decides: a Host header, which the framework's own filter
/// goes by, can say anything.
/// </summary>
internal static class ListenerIsolation
{
    public static void UseListenerIsolation(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<ListenerPorts>() is not { } listener || listener.Ports.Contains(context.Connection.LocalPort))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}

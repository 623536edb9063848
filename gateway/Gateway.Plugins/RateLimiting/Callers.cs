using Gateway.DataPlane.Pipeline;

namespace Gateway.Plugins.RateLimiting;

/// <summary>Whom a request is counted for.</summary>
internal static class Callers
{
    /// <summary>Who lacks what callers are told apart by is counted by address.</summary>
    /// <param name="by"><c>consumer</c>, <c>consumer-group</c> (the first by name that the consumer is in), <c>credential</c>, <c>service</c>, <c>header</c>, <c>path</c> or <c>ip</c>.</param>
    /// <param name="headerName">Of <c>header</c>.</param>
    /// <param name="path">Of <c>path</c>.</param>
    public static CounterKey Of(RequestContext context, string by, string? headerName, string? path)
    {
        switch (by)
        {
            case "consumer" when context.Consumer is { } consumer:
                return CounterKey.Of(consumer.Id);
            case "consumer" or "credential" when context.Credential is { } credential:
                return CounterKey.Of(credential.Id);
            case "consumer-group" when context.Consumer is { } member && context.Configuration.ConsumerGroupsOf(member.Id) is [var group, ..]:
                return CounterKey.Of(group.Id);
            case "service" when context.Service is { } service:
                return CounterKey.Of(service.Id);
            case "header" when context.Http.Request.Headers[headerName!] is [{ Length: > 0 } value, ..]:
                return CounterKey.Of(value);
            case "path" when context.Path.Span.SequenceEqual(path):
                return CounterKey.Of(path!);
            default:
                return CounterKey.Of(context.ClientAddress);
        }
    }
}

using System.Collections.Concurrent;

namespace Gateway.DataPlane.Pipeline;

/// <summary>Reuses contexts of connections that are gone, or that carry several requests at a time. Holds as many as there ever were requests at a time, up to a bound.</summary>
internal sealed class RequestContextPool(ResponseWriter responses)
{
    private const int Bound = 1024;

    private readonly ConcurrentQueue<RequestContext> _free = new();
    private int _count;
    private RequestContext? _next;

    public RequestContext Get()
    {
        var context = _next;
        if (context is not null && Interlocked.CompareExchange(ref _next, null, context) == context)
        {
            return context;
        }

        if (_free.TryDequeue(out context))
        {
            Interlocked.Decrement(ref _count);
            return context;
        }

        return new RequestContext(responses);
    }

    public void Return(RequestContext context)
    {
        if (_next is null && Interlocked.CompareExchange(ref _next, context, null) is null)
        {
            return;
        }

        if (Interlocked.Increment(ref _count) <= Bound)
        {
            _free.Enqueue(context);
        }
        else
        {
            Interlocked.Decrement(ref _count);
        }
    }
}

using System.Globalization;

namespace Gateway.Plugins.CorrelationId;

/// <summary>Kong's <c>uuid#counter</c>: a UUID of the process, and how many there were.</summary>
internal sealed class ProcessCounter
{
    private readonly string _prefix = Guid.NewGuid() + "#";
    private long _count;

    public string Next() => string.Create(CultureInfo.InvariantCulture, $"{_prefix}{Interlocked.Increment(ref _count)}");
}

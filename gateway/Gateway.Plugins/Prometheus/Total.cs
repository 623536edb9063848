namespace Gateway.Plugins.Prometheus;

/// <summary>A number that only grows.</summary>
internal sealed class Total
{
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Add(long amount) => Interlocked.Add(ref _value, amount);
}

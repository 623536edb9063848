namespace Gateway.DataPlane.Telemetry;

/// <summary>How many series may still be made.</summary>
internal sealed class SeriesBudget(int series)
{
    private int _left = series;

    public bool TryTake()
    {
        if (Interlocked.Decrement(ref _left) >= 0)
        {
            return true;
        }

        Interlocked.Increment(ref _left);
        return false;
    }

    public void Return() => Interlocked.Increment(ref _left);
}

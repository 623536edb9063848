using System.Runtime.InteropServices;

namespace Gateway.Plugins.RateLimitingAdvanced;

/// <summary>What was counted in the current window of one size, and in the one before.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct WindowSlot(double size)
{
    public double Size { get; } = size;

    private long _number;
    private long _current;
    private long _before;

    /// <summary>Moves on to the window of this moment.</summary>
    /// <returns>The count, or the sliding rate, so far.</returns>
    public double MoveTo(double seconds, bool slides)
    {
        var number = (long)Math.Floor(seconds / Size);
        switch (number - _number)
        {
            // The clock stepped back over a window's edge: the newer window goes on.
            case 0 or -1:
                break;
            case 1:
                (_before, _current, _number) = (_current, 0, number);
                break;
            default:
                (_before, _current, _number) = (0, 0, number);
                break;
        }

        return _current + (slides ? _before * (1 - ((seconds / Size) - number)) : 0);
    }

    public void Add(long amount) => _current += amount;

    /// <summary>Whether nothing counted here matters any more.</summary>
    public readonly bool IsOver(double seconds) => Math.Floor(seconds / Size) - _number is > 1 or < -1;
}

using System.Diagnostics;

namespace Gateway.DataPlane.Balancing;

/// <summary>
/// How long a peer takes to answer: an average in which an observation loses its weight by half every 7 s (Kong's decay time of 10 s), and that follows a peak at
/// once. Between observations it sinks, so that a peer that was slow is tried again. One 64-bit word: read and written by many threads without a lock.
/// </summary>
internal sealed class LatencyAverage
{
    /// <summary>Kong's DECAY_TIME.</summary>
    private const double DecayMilliseconds = 10_000;

    // Milliseconds as a float above, time of the observation in milliseconds below; 0 for none.
    private ulong _word;

    public bool IsKnown => Volatile.Read(ref _word) != 0;

    /// <summary>Milliseconds, 0 where nothing was observed.</summary>
    /// <param name="now">Timestamp of <see cref="Stopwatch"/>.</param>
    public double Value(long now)
    {
        var word = Volatile.Read(ref _word);
        return word == 0 ? 0 : Average(word) * Decay(word, Coarse(now));
    }

    /// <inheritdoc cref="Value"/>
    public void Observe(double milliseconds, long now)
    {
        var time = Coarse(now);
        while (true)
        {
            var word = Volatile.Read(ref _word);
            var average = milliseconds;
            if (word != 0 && milliseconds < Average(word))
            {
                var decay = Decay(word, time);
                average = (Average(word) * decay) + (milliseconds * (1 - decay));
            }

            if (Interlocked.CompareExchange(ref _word, Pack(average, time), word) == word)
            {
                return;
            }
        }
    }

    /// <summary>Gives a newcomer an average to start from, so that it is not taken for the fastest of all.</summary>
    public void Seed(double milliseconds, long now) => Interlocked.CompareExchange(ref _word, Pack(milliseconds, Coarse(now)), 0);

    private static ulong Pack(double average, uint time)
    {
        var word = ((ulong)BitConverter.SingleToUInt32Bits((float)Math.Max(average, float.Epsilon)) << 32) | time;
        return word;
    }

    private static double Average(ulong word) => BitConverter.UInt32BitsToSingle((uint)(word >> 32));

    // The difference is right across the wrap of 49 days. A time that lies before (another thread was first) is no time at all.
    private static double Decay(ulong word, uint now)
    {
        var elapsed = unchecked((int)(now - (uint)word));
        return elapsed <= 0 ? 1 : Math.Exp(-elapsed / DecayMilliseconds);
    }

    private static uint Coarse(long timestamp) => unchecked((uint)(timestamp / (Stopwatch.Frequency / 1000)));
}

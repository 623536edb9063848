namespace Gateway.ControlPlane.Access.Audit;

/// <summary>Ids in the order in which they were made: UUIDs of version 7 whose 12 bits after the milliseconds count (RFC 9562, 6.2, method 1).</summary>
internal sealed class AuditIds
{
    private const int MostPerMillisecond = 1 << 12;

    private readonly Lock _lock = new();
    private long _millisecond;
    private int _count;

    public Guid Next(DateTimeOffset now)
    {
        lock (_lock)
        {
            var millisecond = now.ToUnixTimeMilliseconds();
            if (millisecond > _millisecond)
            {
                (_millisecond, _count) = (millisecond, 0);
            }
            else if (++_count == MostPerMillisecond)
            {
                (_millisecond, _count) = (_millisecond + 1, 0);
            }

            Span<byte> bytes = stackalloc byte[16];
            Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(_millisecond)).TryWriteBytes(bytes, bigEndian: true, out _);
            bytes[6] = (byte)(0x70 | (_count >> 8));
            bytes[7] = (byte)_count;
            return new Guid(bytes, bigEndian: true);
        }
    }
}

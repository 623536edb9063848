using System.Runtime.InteropServices;

namespace Gateway.Plugins.Redis;

/// <summary>What <see cref="RedisCounters"/> decided.</summary>
/// <param name="Refusing">The first window whose limit is reached, -1 where the request passes.</param>
/// <param name="Now">By Redis' clock.</param>
/// <param name="Usage">The count, or the sliding rate, of each window with this request in it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CounterReply(int Refusing, DateTimeOffset Now, double[] Usage);

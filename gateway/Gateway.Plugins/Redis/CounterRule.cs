namespace Gateway.Plugins.Redis;

/// <summary>How <see cref="RedisCounters"/> decide.</summary>
internal enum CounterRule
{
    /// <summary>Passes while less than the limit was counted. A refused request is counted nowhere.</summary>
    Below,

    /// <summary>Passes where it would not take the rate over the limit. A refused request is counted nowhere.</summary>
    Within,

    /// <summary>As <see cref="Within"/>, but a refused request is counted too, up to the limit that refused it.</summary>
    WithinAndPenalise,
}

using Gateway.Tunnel.Hosting;
using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Enrollment;

/// <summary>When a certificate is renewed.</summary>
internal static class RenewalTime
{
    /// <summary>Timers take no more than about 49 days.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    /// <summary>At random between half and six tenths of its life: before two thirds, with time for a few attempts, and not all instances at once.</summary>
    public static DateTimeOffset Of(CertificateMaterial material)
    {
        var life = material.NotAfter - material.NotBefore;
        return material.NotBefore + (life / 2) + BackOff.Within(life / 10);
    }

    public static TimeSpan Timer(TimeSpan wait) => wait < LongestTimer ? wait : LongestTimer;
}

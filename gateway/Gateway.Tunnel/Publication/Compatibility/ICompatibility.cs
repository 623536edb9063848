using Gateway.Tunnel.Entities;

namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>Decides whether, and in which form, an instance can be served.</summary>
public interface ICompatibility
{
    /// <summary>Called for each instance and revision: answers that do not depend on <paramref name="content"/> should be quick.</summary>
    CompatibilityVerdict Assess(InstanceProfile profile, EntitySet content);
}

namespace Gateway.Tunnel.Publication.Compatibility;

/// <summary>Decides whether, and in which form, an instance can be served.</summary>
public interface ICompatibility
{
    /// <summary>Called once for each stream: what the instance can read does not change while it runs.</summary>
    Translation For(InstanceProfile profile);
}

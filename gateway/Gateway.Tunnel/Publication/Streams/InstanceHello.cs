using Gateway.Tunnel.Payloads;
using Gateway.Tunnel.Protocol;
using Gateway.Tunnel.Publication.Compatibility;

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>A hello whose members are within bounds.</summary>
internal sealed record InstanceHello(Guid Instance, string Hostname, InstanceProfile Profile, DeliveryPoint? Applied)
{
    public const uint ProtocolVersion = 1;
    private const int MaximumHostname = 253;
    private const int MaximumPlugins = 1000;
    private const int MaximumName = 128;
    private const int HashLength = 64;

    /// <summary>Null with the problem where a member is missing or out of bounds.</summary>
    public static (InstanceHello? Hello, string Problem) Read(Hello hello)
    {
        if (ChangeSetCodec.ToGuid(hello.InstanceId) is not { } id || id == Guid.Empty)
        {
            return (null, "instance_id: not a UUID (allowed: 16 bytes)");
        }

        if (hello.Hostname.Length > MaximumHostname)
        {
            return (null, $"hostname: too long (allowed: {MaximumHostname} characters)");
        }

        if (hello.GatewayVersion.Length is 0 or > MaximumName)
        {
            return (null, $"gateway_version: missing or too long (allowed: {MaximumName} characters)");
        }

        if (hello.Plugins.Count > MaximumPlugins || hello.Plugins.Any(plugin => plugin.Key.Length > MaximumName || plugin.Value.Length > MaximumName))
        {
            return (null, $"plugins: too many or too long (allowed: {MaximumPlugins} of {MaximumName} characters)");
        }

        DeliveryPoint? applied = null;
        if (hello.Applied is { } said)
        {
            if (said.Revision < 0 || said.Hash.Length != HashLength || !said.Hash.All(char.IsAsciiHexDigitLower))
            {
                return (null, "applied: not a revision with its hash (allowed: 64 lower-case hexadecimal digits)");
            }

            applied = new DeliveryPoint(said.Channel, said.Revision, said.Hash);
        }

        var profile = new InstanceProfile(hello.GatewayVersion, new Dictionary<string, string>(hello.Plugins, StringComparer.Ordinal));
        return (new InstanceHello(id, hello.Hostname, profile, applied), "");
    }
}

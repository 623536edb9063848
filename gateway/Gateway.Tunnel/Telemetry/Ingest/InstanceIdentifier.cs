using System.Security.Cryptography;
using System.Text;
using Gateway.Tunnel.Telemetry.Otlp;

namespace Gateway.Tunnel.Telemetry.Ingest;

/// <summary>Which instance a resource is.</summary>
internal static class InstanceIdentifier
{
    /// <summary>
    /// <c>service.instance.id</c> where it is a UUID, as our data planes say; for other exporters a UUID made from that attribute, or from all of them.
    /// </summary>
    public static Guid Of(Resource? resource)
    {
        var attributes = resource?.Attributes ?? [];
        var id = attributes.FirstOrDefault(attribute => attribute.Key == ResourceAttributes.ServiceInstanceId)?.Value;
        if (id is not null && Guid.TryParseExact(id.StringValue, "D", out var uuid))
        {
            return uuid;
        }

        var name = id is not null
            ? AttributeText.Of(id)
            : string.Join('\n', attributes.Select(a => $"{a.Key}={AttributeText.Of(a.Value)}").Order(StringComparer.Ordinal));
        return FromName(name);
    }

    // RFC 9562, version 8: made from a hash.
    private static Guid FromName(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}

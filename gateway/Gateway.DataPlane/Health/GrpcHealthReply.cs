using System.Buffers.Binary;

namespace Gateway.DataPlane.Health;

/// <summary>Reads <c>grpc.health.v1.HealthCheckResponse</c>: one field, not worth a generated reader.</summary>
internal static class GrpcHealthReply
{
    /// <summary>A message's flag and length.</summary>
    public const int PrefixLength = 5;

    /// <summary>More than a server can mean to say.</summary>
    public const int LongestReply = 64;

    private const byte StatusTag = 0x08;
    private const byte Serving = 1;

    public static bool IsServing(ReadOnlySpan<byte> reply) =>
        reply.Length == PrefixLength + 2
        && reply[0] == 0
        && BinaryPrimitives.ReadUInt32BigEndian(reply[1..]) == 2
        && reply[PrefixLength] == StatusTag
        && reply[PrefixLength + 1] == Serving;
}

using Gateway.DataPlane.Sockets;

namespace Gateway.DataPlane.Tests.Sockets;

internal sealed class ArrayBuffer(int size) : IReceiveBuffer
{
    public byte[] Bytes { get; } = new byte[size];

    public int Rented { get; private set; }

    public Memory<byte> Rent()
    {
        Rented++;
        return Bytes;
    }
}

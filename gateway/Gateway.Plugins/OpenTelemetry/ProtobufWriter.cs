using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Gateway.Plugins.OpenTelemetry;

/// <summary>The few forms of protobuf's encoding that spans need (https://protobuf.dev/programming-guides/encoding/). What is empty or zero is left out, as proto3 has it.</summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0;
    private const int Fixed64Bits = 1;
    private const int Delimited = 2;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, Delimited);
        Number((ulong)value.Length);
        _buffer.Write(value);
    }

    public void Text(int field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Bytes(field, Encoding.UTF8.GetBytes(value));
        }
    }

    public void Integer(int field, long value)
    {
        if (value != 0)
        {
            Tag(field, Varint);
            Number((ulong)value);
        }
    }

    public void Fixed64(int field, ulong value)
    {
        Tag(field, Fixed64Bits);
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.GetSpan(sizeof(ulong)), value);
        _buffer.Advance(sizeof(ulong));
    }

    public void Message(int field, ProtobufWriter message) => Bytes(field, message.Written);

    /// <summary>What is in its encoded form already.</summary>
    public void Raw(ReadOnlySpan<byte> encoded) => _buffer.Write(encoded);

    private void Tag(int field, int type) => Number(((ulong)field << 3) | (uint)type);

    private void Number(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    private void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }
}

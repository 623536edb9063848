namespace Gateway.DataPlane.Sockets;

/// <summary>Where a receive puts what has come. Asked only once something has, so that a silent connection holds no memory.</summary>
internal interface IReceiveBuffer
{
    /// <summary>Room for at least one byte.</summary>
    Memory<byte> Rent();
}

using System.Net.Sockets;

namespace Gateway.DataPlane.Sockets;

/// <summary>Linux's error numbers (errno.h) as .NET names them.</summary>
internal static class SocketErrors
{
    public static SocketException Of(int number) => new((int)CodeOf(number));

    private static SocketError CodeOf(int number) => number switch
    {
        9 or 125 => SocketError.OperationAborted,
        12 or 105 => SocketError.NoBufferSpaceAvailable,
        13 or 1 => SocketError.AccessDenied,
        23 or 24 => SocketError.TooManyOpenSockets,
        32 => SocketError.Shutdown,
        97 => SocketError.AddressFamilyNotSupported,
        98 => SocketError.AddressAlreadyInUse,
        99 => SocketError.AddressNotAvailable,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        103 => SocketError.ConnectionAborted,
        104 => SocketError.ConnectionReset,
        107 => SocketError.NotConnected,
        110 => SocketError.TimedOut,
        111 => SocketError.ConnectionRefused,
        112 => SocketError.HostDown,
        113 => SocketError.HostUnreachable,
        _ => SocketError.SocketError,
    };
}

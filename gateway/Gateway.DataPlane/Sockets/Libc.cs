using System.Runtime.InteropServices;

namespace Gateway.DataPlane.Sockets;

/// <summary>The calls to the kernel that the event loops make. Numbers are Linux's, the same on x86-64 and arm64.</summary>
internal static partial class Libc
{
    public const int PollIn = 0x1;
    public const int PollOut = 0x4;
    public const int PollError = 0x8;
    public const int PollHangUp = 0x10;
    public const int PollReadHangUp = 0x2000;
    public const int EdgeTriggered = 1 << 31;

    public const int ControlAdd = 1;
    public const int CloseOnExec = 0x80000;
    public const int NonBlocking = 0x800;

    public const int Peek = 0x2;
    public const int DontWait = 0x40;
    public const int NoSignal = 0x4000;
    public const int ShutdownWrite = 1;
    public const int SocketLevel = 1;
    public const int ErrorOption = 4;

    public const int Interrupted = 4;
    public const int WouldBlock = 11;
    public const int InProgress = 115;
    public const int Canceled = 125;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int epoll, int operation, int descriptor, ref byte interest);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int epoll, ref byte events, int capacity, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ref byte bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, ref byte bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, ref byte bytes, nuint count, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, ref byte bytes, nuint count, int flags);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, ref byte address, uint length);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    public static partial int Shutdown(int socket, int how);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int socket, int level, int option, ref int value, ref uint length);
}

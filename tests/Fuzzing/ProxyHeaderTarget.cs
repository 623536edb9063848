using System.Buffers;
using Gateway.DataPlane.Hosting.ProxyProtocol;

namespace Hybrid.Fuzzing;

/// <summary>A load balancer's header is read as soon as it is whole, and what was once refused or complete stays so with more behind it.</summary>
internal static class ProxyHeaderTarget
{
    public static string? Check(byte[] input)
    {
        var before = ProxyHeaderStatus.Incomplete;
        var taken = 0;
        for (var length = 1; length <= input.Length; length++)
        {
            var status = ProxyHeader.TryRead(new ReadOnlySequence<byte>(input, 0, length), out var header, out var consumed);
            if (consumed > length || (status == ProxyHeaderStatus.Complete) != (header is not null))
            {
                return $"{consumed} of {length} bytes were taken, {status}";
            }

            if (before != ProxyHeaderStatus.Incomplete && (status != before || consumed != taken))
            {
                return $"after {length} bytes it is {status}, where it was {before}";
            }

            (before, taken) = (status, consumed);
        }

        return null;
    }
}

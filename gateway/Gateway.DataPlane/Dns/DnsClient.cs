using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Gateway.DataPlane.Dns;

/// <summary>
/// Asks servers: over UDP with a random id from a port of its own for each query, over TCP where the answer does not fit. A packet that is no answer to the query
/// is passed over, and waiting goes on.
/// </summary>
internal sealed class DnsClient(ResolverSettings settings, TimeProvider time)
{
    private int _turn = -1;

    /// <summary>An answer with the code NoError or NameError.</summary>
    /// <exception cref="DnsFailureException">No server has one.</exception>
    public async Task<DnsMessage> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        var first = settings.Rotate ? (int)((uint)Interlocked.Increment(ref _turn) % (uint)settings.Servers.Count) : 0;
        var problem = "there are no servers to ask";
        for (var i = 0; i < settings.Attempts * settings.Servers.Count; i++)
        {
            var server = settings.Servers[(first + i) % settings.Servers.Count];
            try
            {
                var answer = await AskAsync(server, name, type, withEdns: true, cancellationToken);
                if (answer.Code is DnsResponseCode.FormatError or DnsResponseCode.NotImplemented)
                {
                    // A server from before EDNS.
                    answer = await AskAsync(server, name, type, withEdns: false, cancellationToken);
                }

                if (answer.Code is DnsResponseCode.NoError or DnsResponseCode.NameError)
                {
                    return answer;
                }

                problem = $"{server} answers {answer.Code}";
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                problem = $"{server} does not answer within {settings.Timeout.TotalSeconds:0.#} s";
            }
            catch (Exception failure) when (failure is SocketException or IOException or InvalidDataException)
            {
                problem = $"{server}: {failure.Message}";
            }
        }

        throw new DnsFailureException($"{name}: {problem}");
    }

    private async Task<DnsMessage> AskAsync(IPEndPoint server, string name, DnsRecordType type, bool withEdns, CancellationToken cancellationToken)
    {
        var id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
        var query = new byte[DnsMessageWriter.MaxQuery];
        var length = DnsMessageWriter.Write(query, id, name, type, withEdns);
        if (length == 0)
        {
            // No server could know it.
            return new DnsMessage(DnsResponseCode.NameError, IsTruncated: false, [], AbsenceLife: null);
        }

        using var limit = new CancellationTokenSource(settings.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var answer = await AskOverUdpAsync(server, query.AsMemory(0, length), id, name, type, both.Token);
        return answer.IsTruncated ? await AskOverTcpAsync(server, query.AsMemory(0, length), id, name, type, both.Token) : answer;
    }

    private static async Task<DnsMessage> AskOverUdpAsync(
        IPEndPoint server, ReadOnlyMemory<byte> query, ushort id, string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);

        // Connected, so that the system drops what others send.
        await socket.ConnectAsync(server, cancellationToken);
        await socket.SendAsync(query, SocketFlags.None, cancellationToken);
        var buffer = new byte[DnsMessageWriter.UdpPayload];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            if (DnsMessageReader.Read(buffer.AsSpan(0, received), id, name, type) is { } answer)
            {
                return answer;
            }
        }
    }

    private static async Task<DnsMessage> AskOverTcpAsync(
        IPEndPoint server, ReadOnlyMemory<byte> query, ushort id, string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken);
        await using var stream = new NetworkStream(socket);
        var framed = new byte[query.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)query.Length);
        query.CopyTo(framed.AsMemory(2));
        await stream.WriteAsync(framed, cancellationToken);

        var prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, cancellationToken);
        var message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        await stream.ReadExactlyAsync(message, cancellationToken);

        // There is nothing beyond TCP to ask for the rest.
        return DnsMessageReader.Read(message, id, name, type) is { } answer
            ? answer with { IsTruncated = false }
            : throw new InvalidDataException("the answer over TCP cannot be read");
    }
}

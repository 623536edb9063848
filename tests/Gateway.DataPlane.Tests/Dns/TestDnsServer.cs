using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gateway.DataPlane.Dns;

namespace Gateway.DataPlane.Tests.Dns;

/// <summary>A small real DNS server on loopback, over UDP and TCP.</summary>
internal sealed class TestDnsServer : IAsyncDisposable
{
    private readonly Socket _udp;
    private readonly TcpListener _tcp;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<(string Name, DnsRecordType Type), byte[][]> _records = new();
    private readonly Task _serving;
    private int _tcpQueries;

    public TestDnsServer()
    {
        // One port for both, as a resolver expects.
        while (true)
        {
            _udp = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            _udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            EndPoint = (IPEndPoint)_udp.LocalEndPoint!;
            _tcp = new TcpListener(EndPoint);
            try
            {
                _tcp.Start();
                break;
            }
            catch (SocketException)
            {
                _udp.Dispose();
            }
        }

        _serving = Task.WhenAll(ServeUdpAsync(), ServeTcpAsync());
    }

    public IPEndPoint EndPoint { get; }

    public ConcurrentQueue<(string Name, DnsRecordType Type)> Queries { get; } = new();

    public int TcpQueries => Volatile.Read(ref _tcpQueries);

    /// <summary>0 to answer; another code for every query.</summary>
    public int Code { get; set; }

    public bool IsSilent { get; set; }

    /// <summary>Whether UDP answers say that they are cut off.</summary>
    public bool Truncates { get; set; }

    /// <summary>Sends packets that are no answers before each answer.</summary>
    public bool SendsRubbish { get; set; }

    public bool RefusesEdns { get; set; }

    /// <summary>Seconds, of the SOA record with every absence; null for none.</summary>
    public uint? AbsenceLife { get; set; }

    public void A(string name, uint life, params string[] addresses) =>
        _records[(name, DnsRecordType.A)] = [.. addresses.Select(address => Record(name, DnsRecordType.A, life, IPAddress.Parse(address).GetAddressBytes()))];

    public void Aaaa(string name, uint life, string address) =>
        _records[(name, DnsRecordType.Aaaa)] = [Record(name, DnsRecordType.Aaaa, life, IPAddress.Parse(address).GetAddressBytes())];

    /// <param name="with">What else is in the answer.</param>
    public void Cname(string name, uint life, string target, params byte[][] with)
    {
        byte[][] answer = [Record(name, DnsRecordType.Cname, life, Encode(target)), .. with];
        _records[(name, DnsRecordType.A)] = answer;
        _records[(name, DnsRecordType.Aaaa)] = [answer[0]];
    }

    public void Srv(string name, uint life, params (ushort Priority, ushort Weight, ushort Port, string Target)[] services) =>
        _records[(name, DnsRecordType.Srv)] = [.. services.Select(service =>
        {
            var data = new byte[6];
            BinaryPrimitives.WriteUInt16BigEndian(data, service.Priority);
            BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(2), service.Weight);
            BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(4), service.Port);
            return Record(name, DnsRecordType.Srv, life, [.. data, .. Encode(service.Target)]);
        })];

    public static byte[] Record(string name, DnsRecordType type, uint life, byte[] data)
    {
        var head = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), 1);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), life);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(8), (ushort)data.Length);
        return [.. Encode(name), .. head, .. data];
    }

    public static byte[] Encode(string name) =>
        [.. name.Split('.').SelectMany(label => (IEnumerable<byte>)[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _udp.Dispose();
        _tcp.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeUdpAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var packet = await _udp.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                var query = buffer[..packet.ReceivedBytes];
                if (IsSilent)
                {
                    continue;
                }

                var answer = Answer(query, Truncates);
                if (SendsRubbish)
                {
                    byte[] otherId = [(byte)(answer[0] ^ 1), .. answer[1..]];
                    foreach (var rubbish in (byte[][])[[], [1, 2, 3], otherId, query, new byte[512]])
                    {
                        await _udp.SendToAsync(rubbish, SocketFlags.None, packet.RemoteEndPoint, _stop.Token);
                    }
                }

                await _udp.SendToAsync(answer, SocketFlags.None, packet.RemoteEndPoint, _stop.Token);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            Assert.True(_stop.IsCancellationRequested, stopped.ToString());
        }
    }

    private async Task ServeTcpAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _tcp.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _tcpQueries);
                await using var stream = client.GetStream();
                var length = new byte[2];
                await stream.ReadExactlyAsync(length, _stop.Token);
                var query = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
                await stream.ReadExactlyAsync(query, _stop.Token);
                var answer = Answer(query, truncated: false);
                BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)answer.Length);

                // In pieces, as TCP may.
                await stream.WriteAsync(length.AsMemory(0, 1), _stop.Token);
                await stream.WriteAsync((byte[])[length[1], .. answer], _stop.Token);
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            Assert.True(_stop.IsCancellationRequested, stopped.ToString());
        }
    }

    private byte[] Answer(ReadOnlySpan<byte> query, bool truncated)
    {
        var end = 12;
        var labels = new List<string>();
        while (query[end] != 0)
        {
            labels.Add(Encoding.ASCII.GetString(query.Slice(end + 1, query[end])));
            end += query[end] + 1;
        }

        var name = string.Join('.', labels).ToLowerInvariant();
        var type = (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(query[(end + 1)..]);
        end += 5;
        Queries.Enqueue((name, type));
        var hasEdns = query.Length > end;
        if (Code != 0 || (RefusesEdns && hasEdns))
        {
            return Message(query[..end], Code != 0 ? Code : 1, truncated: false, [], []);
        }

        if (_records.TryGetValue((name, type), out var records))
        {
            return Message(query[..end], 0, truncated, truncated ? [] : records, []);
        }

        var exists = _records.Keys.Any(key => key.Name == name);
        byte[] soa = [.. Encode("ns.test"), .. Encode("admin.test"), .. new byte[16], .. BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(AbsenceLife ?? 0))];
        return Message(query[..end], exists ? 0 : 3, truncated, [], AbsenceLife is null ? [] : [Record("test", DnsRecordType.Soa, 86400, soa)]);
    }

    private static byte[] Message(ReadOnlySpan<byte> question, int code, bool truncated, byte[][] answers, byte[][] authorities)
    {
        byte[] message = [.. question, .. answers.SelectMany(answer => answer), .. authorities.SelectMany(authority => authority)];
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(2), (ushort)(0x8180 | code | (truncated ? 0x0200 : 0)));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), (ushort)answers.Length);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(8), (ushort)authorities.Length);
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(10), 0);
        return message;
    }
}

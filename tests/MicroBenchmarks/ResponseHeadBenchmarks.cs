using System.Text;
using BenchmarkDotNet.Attributes;
using Gateway.DataPlane.Forwarding.Http1;

namespace Hybrid.MicroBenchmarks;

/// <summary>Reading an upstream's answer: one that is as the last, and one whose date and length differ.</summary>
[MemoryDiagnoser]
public class ResponseHeadBenchmarks
{
    private readonly ResponseHead _head = new();
    private readonly byte[][] _answers =
    [
        .. Enumerable.Range(0, 2).Select(number => Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Mon, 23 Nov 2026 10:00:0{number} GMT\r\nContent-Type: application/json\r\nContent-Length: 102{number}\r\nConnection: keep-alive\r\nCache-Control: no-store\r\n\r\n")),
    ];

    private int _next;

    [Benchmark(Baseline = true)]
    public object TheSame() => Read(_answers[0]);

    [Benchmark]
    public object Another() => Read(_answers[_next++ & 1]);

    private HeadStatus Read(byte[] bytes)
    {
        _head.Reset();
        return _head.TryRead(bytes, isHead: false, out _);
    }
}

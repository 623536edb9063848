using System.Buffers.Binary;
using CsCheck;
using Gateway.DataPlane.Dns;

namespace Gateway.DataPlane.Tests.Dns;

public sealed class DnsMessageReaderTests
{
    private const ushort Id = 0x1234;
    private const string Name = "api.test";

    [Fact]
    public void A_response_with_compressed_names_is_read()
    {
        // The owner points at the question, the alias's target shares its suffix.
        byte[] alias = [0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 6, 3, (byte)'w', (byte)'w', (byte)'w', 0xc0, 16];
        byte[] address = [0xc0, 38, 0, 1, 0, 1, 0, 0, 0, 30, 0, 4, 10, 0, 0, 7];

        var message = Read(Response(2, alias, address))!;

        Assert.Equal(DnsResponseCode.NoError, message.Code);
        Assert.Equal(("api.test", "www.test", 60u), (message.Answers[0].Owner, message.Answers[0].Target, message.Answers[0].Life));
        Assert.Equal(("www.test", "10.0.0.7"), (message.Answers[1].Owner, message.Answers[1].Address!.ToString()));
    }

    [Fact]
    public void A_query_that_was_written_is_what_was_asked()
    {
        var query = new byte[DnsMessageWriter.MaxQuery];
        var length = DnsMessageWriter.Write(query, Id, "Api.Test.", DnsRecordType.Srv, withEdns: true);

        byte[] expected =
        [
            0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 3, (byte)'A', (byte)'p', (byte)'i', 4, (byte)'T', (byte)'e', (byte)'s', (byte)'t', 0, 0, 33, 0, 1,
            0, 0, 41, 0x04, 0xd0, 0, 0, 0, 0, 0, 0,
        ];
        Assert.Equal(expected, query[..length]);
    }

    public static TheoryData<string> Unaskable => new() { "", ".", "a..b", $"{new string('a', 64)}.test", string.Join('.', Enumerable.Repeat("abcdefg", 40)), "caf\u00e9.test" };

    [Theory]
    [MemberData(nameof(Unaskable))]
    public void A_name_that_cannot_be_asked_for_is_not(string name) =>
        Assert.Equal(0, DnsMessageWriter.Write(new byte[DnsMessageWriter.MaxQuery], Id, name, DnsRecordType.A, withEdns: true));

    [Fact]
    public void The_longest_name_and_label_can_be_asked_for()
    {
        var name = string.Join('.', new string('a', 63), new string('b', 63), new string('c', 63), new string('d', 61));

        Assert.NotEqual(0, DnsMessageWriter.Write(new byte[DnsMessageWriter.MaxQuery], Id, name, DnsRecordType.A, withEdns: true));
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "empty", [] },
        { "another id", [0x12, 0x35, .. Response(0)[2..]] },
        { "a query", [0x12, 0x34, 0x01, .. Response(0)[3..]] },
        { "another question", [.. Response(0)[..13], (byte)'x', .. Response(0)[14..]] },
        { "another type", [.. Response(0)[..^4], 0, 28, 0, 1] },
        { "a record that ends early", Response(1, [0xc0, 12, 0, 1, 0, 1, 0, 0]) },
        { "data beyond the end", Response(1, [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 200, 1]) },
        { "an address of three bytes", Response(1, [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 3, 1, 2, 3]) },
        { "a pointer to itself", Response(1, [0xc0, 26, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 1, 2, 3, 4]) },
        { "a pointer ahead", Response(1, [0xc0, 40, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 1, 2, 3, 4]) },
        { "a label type that does not exist", Response(1, [0x80, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 1, 2, 3, 4]) },
        { "a label with a dot", Response(1, [2, (byte)'.', (byte)'a', 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 1, 2, 3, 4]) },
        { "a name that is longer than its data", Response(1, [0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 1, 0, 2, 3, (byte)'w', (byte)'w', (byte)'w', 0]) },
        { "fewer records than it says", Response(5) },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_no_answer_is_refused(string what, byte[] message) => Assert.True(Read(message) is null, what);

    [Fact]
    public void A_life_with_the_highest_bit_is_none_and_one_beyond_a_week_is_a_week()
    {
        Assert.Equal(0u, Read(Response(1, TestDnsServer.Record(Name, DnsRecordType.A, uint.MaxValue, [1, 2, 3, 4])))!.Answers[0].Life);
        Assert.Equal(604_800u, Read(Response(1, TestDnsServer.Record(Name, DnsRecordType.A, int.MaxValue, [1, 2, 3, 4])))!.Answers[0].Life);
    }

    [Fact]
    public void Random_bytes_end_in_an_answer_or_a_refusal() =>
        Gen.Byte.Array[0, 600].Sample(bytes => IsSane(Read(bytes)), iter: 50_000);

    [Fact]
    public void Random_records_behind_a_true_question_end_in_an_answer_or_a_refusal() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.UShort).Sample((bytes, count) => IsSane(Read(Response(count, bytes))), iter: 50_000);

    [Fact]
    public void A_true_response_with_changed_bytes_ends_in_an_answer_or_a_refusal()
    {
        var response = Response(
            3,
            TestDnsServer.Record(Name, DnsRecordType.Cname, 1, TestDnsServer.Encode("www.test")),
            TestDnsServer.Record("www.test", DnsRecordType.Srv, 1, [0, 1, 0, 2, 0, 80, 0xc0, 12]),
            TestDnsServer.Record("www.test", DnsRecordType.A, 1, [1, 2, 3, 4]));
        Assert.Equal(3, Read(response)!.Answers.Count);

        Gen.Select(Gen.Int[12, response.Length - 1], Gen.Byte, Gen.Int[12, response.Length - 1], Gen.Byte).Sample(
            (first, one, second, two) =>
            {
                var changed = response.ToArray();
                changed[first] = one;
                changed[second] = two;
                return IsSane(Read(changed));
            },
            iter: 50_000);
    }

    [Fact]
    public void The_largest_message_of_nothing_but_pointers_is_refused_at_once()
    {
        var message = new byte[65_535];
        Response(ushort.MaxValue).CopyTo(message, 0);
        for (var at = 26; at + 1 < message.Length; at += 2)
        {
            BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(at), (ushort)(0xc000 | Math.Min(at - 2, 0x3fff)));
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Null(Read(message));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"{clock.Elapsed}");
    }

    private static DnsMessage? Read(byte[] message) => DnsMessageReader.Read(message, Id, Name, DnsRecordType.A);

    // Whatever was read, it is something that a name can be looked up by.
    private static bool IsSane(DnsMessage? message) => message is null || message.Answers.All(static record =>
        record.Owner.Length <= 253
        && record.Target.Length <= 253
        && record.Life <= 604_800
        && (record.Type is DnsRecordType.A or DnsRecordType.Aaaa) == (record.Address is not null));

    private static byte[] Response(int count, params byte[][] records)
    {
        byte[] message = [0x12, 0x34, 0x81, 0x80, 0, 1, (byte)(count >> 8), (byte)count, 0, 0, 0, 0, .. TestDnsServer.Encode(Name), 0, 1, 0, 1, .. records.SelectMany(record => record)];
        return message;
    }
}

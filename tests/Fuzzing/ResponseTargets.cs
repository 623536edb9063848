using Gateway.DataPlane.Forwarding.Http1;

namespace Hybrid.Fuzzing;

/// <summary>What an upstream sends is understood in one way: as a whole as byte by byte, and never beyond what there is.</summary>
internal static class ResponseTargets
{
    public static string? CheckHead(byte[] input)
    {
        var whole = new ResponseHead();
        var status = whole.TryRead(input, isHead: false, out var consumed);
        if (consumed > input.Length)
        {
            return $"{consumed} bytes of {input.Length} were taken";
        }

        var pieces = new ResponseHead();
        var piecewise = HeadStatus.Incomplete;
        for (var length = 1; length <= input.Length && piecewise == HeadStatus.Incomplete; length++)
        {
            piecewise = pieces.TryRead(input.AsSpan(0, length), isHead: false, out _);
        }

        if (input.Length > 0 && piecewise != status)
        {
            return $"as a whole it is {status}, piece by piece {piecewise}";
        }

        if (status != HeadStatus.Complete)
        {
            return null;
        }

        return whole.Framing == BodyFraming.Length && whole.ContentLength is null or < 0
            ? "a body by length without a length"
            : Enumerable.Range(0, whole.FieldCount).Select(index => whole[index]).FirstOrDefault(field => !HeaderSyntax.IsValue(field.Value) || !HeaderSyntax.IsToken(field.Name)) is { } broken
                ? $"the field {broken.Name} could break a line"
                : null;
    }

    public static string? CheckChunks(byte[] input)
    {
        var whole = Decode(input, input.Length);
        foreach (var size in (int[])[1, 2, 3, 7])
        {
            var pieces = Decode(input, size);
            if (!pieces.Body.AsSpan().SequenceEqual(whole.Body) || pieces.End != whole.End || pieces.Used != whole.Used)
            {
                return $"in pieces of {size} it is {pieces.End} after {pieces.Used} bytes, as a whole {whole.End} after {whole.Used}";
            }
        }

        return whole.Body.Length > input.Length ? "more came out than went in" : null;
    }

    private static (byte[] Body, string End, int Used) Decode(byte[] input, int size)
    {
        var decoder = new ChunkedDecoder();
        var body = new List<byte>();
        var position = 0;
        while (position < input.Length && !decoder.IsDone && !decoder.IsInvalid)
        {
            var piece = input.AsSpan(position, Math.Min(size, input.Length - position));
            body.AddRange(decoder.Next(piece, out var consumed));
            position += consumed;
        }

        return ([.. body], decoder.IsDone ? "whole" : decoder.IsInvalid ? "refused" : "unfinished", position);
    }
}

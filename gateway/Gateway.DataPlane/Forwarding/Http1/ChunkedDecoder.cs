namespace Gateway.DataPlane.Forwarding.Http1;

/// <summary>Takes a chunked body apart (RFC 9112, section 7.1), however its bytes are cut up on the way. Strict: what is no chunked body ends it.</summary>
internal struct ChunkedDecoder
{
    // 15 digits: no size that a long cannot hold.
    private const int SizeDigits = 15;

    private State _state;
    private long _remaining;
    private int _digits;
    private int _lineLength;

    private enum State
    {
        Size,
        Extension,
        SizeEnd,
        Data,
        DataEnd,
        DataEndFeed,
        TrailerStart,
        Trailer,
        TrailerEnd,
        LastFeed,
        Done,
        Invalid,
    }

    public readonly bool IsDone => _state == State.Done;

    public readonly bool IsInvalid => _state == State.Invalid;

    /// <summary>Whether trailer fields came. They are dropped: the client was not told to expect any.</summary>
    public bool HasTrailers { get; private set; }

    /// <summary>The next piece of data at the beginning of what was received; empty where there is none in it.</summary>
    /// <param name="consumed">Bytes that are done with, the data among them.</param>
    public ReadOnlySpan<byte> Next(ReadOnlySpan<byte> received, out int consumed)
    {
        for (var i = 0; i < received.Length; i++)
        {
            if (_state == State.Data)
            {
                var data = received[i..];
                if (data.Length > _remaining)
                {
                    data = data[..(int)_remaining];
                }

                _remaining -= data.Length;
                if (_remaining == 0)
                {
                    _state = State.DataEnd;
                }

                consumed = i + data.Length;
                return data;
            }

            Step(received[i]);
            if (_state is State.Done or State.Invalid)
            {
                consumed = i + 1;
                return [];
            }
        }

        consumed = received.Length;
        return [];
    }

    private void Step(byte next)
    {
        _state = _state switch
        {
            State.Size => Size(next),
            State.Extension => next switch
            {
                (byte)'\r' => State.SizeEnd,
                (byte)'\n' or 0 => State.Invalid,
                _ => WithinLine(State.Extension),
            },
            State.SizeEnd => next == '\n' ? AfterSize() : State.Invalid,
            State.DataEnd => next == '\r' ? State.DataEndFeed : State.Invalid,
            State.DataEndFeed => next == '\n' ? State.Size : State.Invalid,
            State.TrailerStart => next == '\r' ? State.LastFeed : Trailer(next),
            State.Trailer => Trailer(next),
            State.TrailerEnd => next == '\n' ? State.TrailerStart : State.Invalid,
            State.LastFeed => next == '\n' ? State.Done : State.Invalid,
            _ => State.Invalid,
        };
    }

    private State Size(byte next)
    {
        if (Hexadecimal(next) is var digit and >= 0)
        {
            if (_digits++ == SizeDigits)
            {
                return State.Invalid;
            }

            _remaining = (_remaining << 4) | (uint)digit;
            return State.Size;
        }

        if (_digits == 0)
        {
            return State.Invalid;
        }

        return next switch
        {
            (byte)'\r' => State.SizeEnd,
            (byte)';' or (byte)' ' or (byte)'\t' => WithinLine(State.Extension),
            _ => State.Invalid,
        };
    }

    private State AfterSize()
    {
        _digits = 0;
        _lineLength = 0;
        return _remaining == 0 ? State.TrailerStart : State.Data;
    }

    private State Trailer(byte next)
    {
        HasTrailers = true;
        return next switch
        {
            (byte)'\r' => State.TrailerEnd,
            (byte)'\n' or 0 => State.Invalid,
            _ => WithinLine(State.Trailer),
        };
    }

    // Of all trailers together, too: the length is set back with the next chunk only.
    private State WithinLine(State state) => ++_lineLength > ExchangeLimits.ChunkLine ? State.Invalid : state;

    private static int Hexadecimal(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}

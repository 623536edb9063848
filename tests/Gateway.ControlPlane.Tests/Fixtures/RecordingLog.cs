using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Gateway.ControlPlane.Tests.Fixtures;

/// <summary>Keeps every line at every level.</summary>
internal sealed class RecordingLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Channel<string> _new = Channel.CreateUnbounded<string>();

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Waits for a line that was not waited for before.</summary>
    public async Task UntilAsync(Func<string, bool> condition, CancellationToken cancellationToken)
    {
        await foreach (var line in _new.Reader.ReadAllAsync(cancellationToken))
        {
            if (condition(line))
            {
                return;
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var line = exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}";
        _lines.Enqueue(line);
        _new.Writer.TryWrite(line);
    }

    public void Dispose() => _new.Writer.TryComplete();
}

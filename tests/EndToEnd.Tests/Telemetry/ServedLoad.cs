using System.Net;
using Hybrid.Testing;

namespace EndToEnd.Tests.Telemetry;

/// <summary>One client for each address, that calls it again and again and counts its answers; none may fail.</summary>
internal sealed class ServedLoad : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim[] _turns;
    private readonly long[] _served;
    private readonly Task[] _clients;

    public ServedLoad(HttpClient http, IReadOnlyList<Uri> addresses)
    {
        _turns = [.. addresses.Select(_ => new SemaphoreSlim(1))];
        _served = new long[addresses.Count];
        _clients = [.. addresses.Select((address, index) => CallAsync(http, address, index))];
    }

    /// <summary>Until each address has answered so many times more.</summary>
    public async Task ServeMoreAsync(int requests)
    {
        var goals = _served.Select((_, index) => Interlocked.Read(ref _served[index]) + requests).ToArray();
        await Eventually.TrueAsync(() =>
        {
            Assert.All(_clients, client => Assert.False(client.IsFaulted, client.Exception?.ToString()));
            return Task.FromResult(goals.Select((goal, index) => Interlocked.Read(ref _served[index]) >= goal).All(reached => reached));
        });
    }

    /// <summary>Returns when no call to the address is under way.</summary>
    public Task PauseAsync(int index) => _turns[index].WaitAsync(TestContext.Current.CancellationToken);

    public void Resume(int index) => _turns[index].Release();

    /// <summary>How often each address answered.</summary>
    public async Task<long[]> EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_clients);
        return _served;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var client in _clients)
        {
            // What failed has been reported by the test that waited for it.
            await client.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _end.Dispose();
    }

    private async Task CallAsync(HttpClient http, Uri address, int index)
    {
        while (!_end.IsCancellationRequested)
        {
            await _turns[index].WaitAsync();
            try
            {
                using var response = await http.GetAsync(address);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                Interlocked.Increment(ref _served[index]);
            }
            finally
            {
                _turns[index].Release();
            }

            await Task.Delay(Pause);
        }
    }
}

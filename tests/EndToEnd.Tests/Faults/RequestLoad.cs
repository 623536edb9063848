using System.Collections.Concurrent;

namespace EndToEnd.Tests.Faults;

/// <summary>Calls one API through one data plane, again and again. While the data plane itself is down, killed by the test, nobody expects an answer.</summary>
internal sealed class RequestLoad(HttpClient http, Uri url)
{
    private int _life;

    public bool IsUp => (Volatile.Read(ref _life) & 1) is 1;

    /// <summary>Requests answered by the upstream.</summary>
    public int Served { get; private set; }

    public ConcurrentQueue<string> Failed { get; } = new();

    /// <summary>Called when the data plane is ready, and just before it is killed.</summary>
    public void Turn() => Interlocked.Increment(ref _life);

    public async Task RunAsync(CancellationToken stopped)
    {
        while (!stopped.IsCancellationRequested)
        {
            var life = Volatile.Read(ref _life);
            if ((life & 1) is 0)
            {
                await Task.Yield();
                await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None);
                continue;
            }

            var problem = await CallAsync();
            if (problem is null)
            {
                Served++;
            }
            else if (life == Volatile.Read(ref _life))
            {
                Failed.Enqueue(problem);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), CancellationToken.None);
        }
    }

    private async Task<string?> CallAsync()
    {
        try
        {
            using var response = await http.GetAsync(url);
            return response.IsSuccessStatusCode ? null : $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        }
        catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException)
        {
            return failed.Message;
        }
    }
}

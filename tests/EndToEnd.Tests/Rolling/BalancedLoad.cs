using System.Collections.Concurrent;

namespace EndToEnd.Tests.Rolling;

/// <summary>
/// Calls two data planes over connections that are kept, as a load balancer does: to those in turn whose readiness probe succeeded last. It never calls again what failed.
/// </summary>
internal sealed class BalancedLoad(Uri path, IReadOnlyList<Uri> proxies, IReadOnlyList<Uri> probes) : IDisposable
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly bool[] _isReady = [.. proxies.Select(_ => true)];
    private long _served;

    public long Served => Interlocked.Read(ref _served);

    public ConcurrentQueue<string> Failed { get; } = new();

    public bool IsInRotation(int index) => Volatile.Read(ref _isReady[index]);

    public Task RunAsync(int clients, CancellationToken stopped) =>
        Task.WhenAll([.. probes.Select((_, index) => ProbeAsync(index, stopped)), .. Enumerable.Range(0, clients).Select(number => CallAsync(number, stopped))]);

    public void Dispose() => _http.Dispose();

    private async Task ProbeAsync(int index, CancellationToken stopped)
    {
        using var timer = new PeriodicTimer(ProbeInterval);
        while (!stopped.IsCancellationRequested)
        {
            bool isReady;
            try
            {
                using var response = await _http.GetAsync(probes[index], CancellationToken.None);
                isReady = response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                // Nobody listens: the process is between its lives.
                isReady = false;
            }

            Volatile.Write(ref _isReady[index], isReady);
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task CallAsync(int number, CancellationToken stopped)
    {
        for (var turn = number; !stopped.IsCancellationRequested; turn++)
        {
            var index = turn % proxies.Count;
            if (!IsInRotation(index))
            {
                await Task.Yield();
                continue;
            }

            try
            {
                using var response = await _http.GetAsync(new Uri(proxies[index], path), CancellationToken.None);
                if (response.IsSuccessStatusCode)
                {
                    Interlocked.Increment(ref _served);
                }
                else
                {
                    Failed.Enqueue($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(CancellationToken.None)}");
                }
            }
            catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException)
            {
                Failed.Enqueue($"data plane {index}: {failed.GetBaseException().Message}");
            }
        }
    }
}

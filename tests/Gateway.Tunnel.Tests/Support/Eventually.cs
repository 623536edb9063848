using System.Diagnostics;

namespace Gateway.Tunnel.Tests.Support;

/// <summary>Waits for a condition, not for a time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task True(Func<bool> condition, Func<string> describe)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Limit, $"Within {Limit.TotalSeconds} s it did not come true that {describe()}");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public static Task True(Func<bool> condition, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string expression = "") =>
        True(condition, () => expression);
}

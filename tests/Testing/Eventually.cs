using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Hybrid.Testing;

/// <summary>Waits for a condition, never for a time.</summary>
public static class Eventually
{
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks again until the answer is true; fails with the condition's text after the limit.</summary>
    public static Task TrueAsync(
        Func<Task<bool>> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string text = "") =>
        NotNullAsync(async () => await condition() ? "true" : null, limit, text);

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan?, string)"/>
    public static Task TrueAsync(Func<bool> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string text = "") =>
        TrueAsync(() => Task.FromResult(condition()), limit, text);

    /// <summary>Asks again until there is an answer, and returns it.</summary>
    public static async Task<T> NotNullAsync<T>(
        Func<Task<T?>> question, TimeSpan? limit = null, [CallerArgumentExpression(nameof(question))] string text = "")
        where T : class
    {
        var clock = Stopwatch.StartNew();
        Exception? last = null;
        do
        {
            try
            {
                if (await question() is { } answer)
                {
                    return answer;
                }

                last = null;
            }
            catch (HttpRequestException notYet)
            {
                last = notYet;
            }
            catch (TaskCanceledException notYet) when (notYet.InnerException is TimeoutException)
            {
                last = notYet;
            }

            await Task.Delay(Interval);
        }
        while (clock.Elapsed < (limit ?? DefaultLimit));

        throw new TimeoutException($"not within {limit ?? DefaultLimit}: {text}", last);
    }
}

using System.Collections.Concurrent;
using Gateway.DataPlane.Pipeline;

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>Answers of a provider that several requests need: who comes while one is being asked for waits for that one, and who comes later gets it as long as it is good.</summary>
internal sealed class SharedAnswers<T>(TimeProvider time)
    where T : class
{
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<Fingerprint, Entry> _entries = new();

    /// <param name="ask">Null for a refusal, which is not kept.</param>
    /// <param name="goodUntil">Of an answer.</param>
    public async Task<T?> GetAsync(Fingerprint key, Func<Task<T?>> ask, Func<T, DateTimeOffset> goodUntil)
    {
        while (true)
        {
            if (_entries.TryGetValue(key, out var known) && !IsOver(known))
            {
                return await known.Answer.Value;
            }

            if (known is not null)
            {
                _entries.TryRemove(new(key, known));
            }

            MakeRoom();
            var entry = new Entry(new Lazy<Task<T?>>(ask));
            if (!ReferenceEquals(_entries.GetOrAdd(key, entry), entry))
            {
                continue;
            }

            var isGood = false;
            try
            {
                var answer = await entry.Answer.Value;
                if (answer is not null)
                {
                    entry.GoodUntil = goodUntil(answer);
                    isGood = !IsOver(entry);
                }

                return answer;
            }
            finally
            {
                if (!isGood)
                {
                    _entries.TryRemove(new(key, entry));
                }
            }
        }
    }

    private bool IsOver(Entry entry) => entry.Answer is { IsValueCreated: true, Value.IsCompleted: true } && entry.GoodUntil <= time.GetUtcNow();

    private void MakeRoom()
    {
        if (_entries.Count < Capacity)
        {
            return;
        }

        foreach (var entry in _entries)
        {
            if (IsOver(entry.Value))
            {
                _entries.TryRemove(entry);
            }
        }

        if (_entries.Count >= Capacity)
        {
            // Whatever is dropped is asked for again.
            _entries.Clear();
        }
    }

    private sealed class Entry(Lazy<Task<T?>> answer)
    {
        public Lazy<Task<T?>> Answer => answer;

        /// <summary>Set right after the answer is there: until then it counts as good.</summary>
        public DateTimeOffset GoodUntil { get; set; } = DateTimeOffset.MaxValue;
    }
}

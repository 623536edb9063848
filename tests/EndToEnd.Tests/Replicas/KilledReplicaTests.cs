using System.Globalization;
using Hybrid.Testing;

namespace EndToEnd.Tests.Replicas;

/// <summary>A replica that is killed in the middle of its writes leaves none of them by half: five times in every test run, a hundred by <c>./hybrid test replicas</c>.</summary>
public sealed class KilledReplicaTests(ITestOutputHelper output)
{
    private const string KillsVariable = "REPLICA_KILLS";

    /// <summary>Groups that are written at once through each replica.</summary>
    private const int Writers = 2;

    /// <summary>Of one installation: a run of many is several tests, none of which takes long.</summary>
    private const int MostKills = 10;

    /// <summary>The seed of each run, and how many kills it has.</summary>
    public static TheoryData<int, int> Runs
    {
        get
        {
            var kills = int.Parse(Environment.GetEnvironmentVariable(KillsVariable) ?? "5", CultureInfo.InvariantCulture);
            var runs = new TheoryData<int, int>();
            for (var first = 0; first < kills; first += MostKills)
            {
                runs.Add((first / MostKills) + 1, Math.Min(MostKills, kills - first));
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task The_database_the_change_log_and_the_data_planes_agree_after_every_kill(int seed, int kills)
    {
        await using var replicas = await TwoReplicas.StartAsync();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var writes = Enumerable.Range(0, TwoReplicas.Count * Writers)
            .Select(number => new GroupWrites(http, replicas.Admin(number % TwoReplicas.Count), $"group-{number}")).ToArray();
        var random = new Random(seed);
        for (var kill = 0; kill < kills; kill++)
        {
            var victim = kill % TwoReplicas.Count;
            using var stop = new CancellationTokenSource();
            var load = writes.Select(group => group.RunAsync(stop.Token)).ToArray();

            // Somewhere in one of its next writes: each kill meets another place.
            var mine = writes.Where((_, number) => number % TwoReplicas.Count == victim).ToArray();
            var begun = mine.Sum(group => group.Acknowledged);
            await Eventually.TrueAsync(() => mine.Sum(group => group.Acknowledged) >= begun + (3 * Writers), TimeSpan.FromMinutes(1), "writes");
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 60), TestContext.Current.CancellationToken);
            await replicas.KillReplicaAsync(victim);
            await stop.CancelAsync();
            await Task.WhenAll(load);
            await replicas.StartReplicaAsync(victim);

            await AssertWholeAsync(replicas, writes, kill);
        }

        output.WriteLine($"{kills} kills, {writes.Sum(group => group.Acknowledged)} writes acknowledged, {writes.Sum(group => group.Unanswered)} cut off");
        Assert.True(writes.Sum(group => group.Unanswered) > 0, "no kill met a write");
    }

    private static async Task AssertWholeAsync(TwoReplicas replicas, GroupWrites[] writes, int kill)
    {
        Assert.Empty(writes.SelectMany(group => group.Wrong));
        await replicas.AgreeAsync();
        var problems = new List<string>(await StoredLog.DifferencesAsync(replicas.ConnectionString));
        for (var replica = 0; replica < TwoReplicas.Count; replica++)
        {
            foreach (var group in writes)
            {
                if (await group.ProblemAsync(replicas.Admin(replica)) is { } problem)
                {
                    problems.Add($"replica {replica}: {problem}");
                }
            }
        }

        Assert.True(problems.Count is 0, $"after kill {kill + 1}: {string.Join("; ", problems)}");
    }
}

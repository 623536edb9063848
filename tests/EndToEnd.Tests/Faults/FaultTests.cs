using System.Globalization;
using System.Net;
using Hybrid.Testing;

namespace EndToEnd.Tests.Faults;

/// <summary>
/// Random faults under load, one run per seed: two in every test run, a hundred by <c>./hybrid test faults</c>. The seed decides which faults, whom they meet and how long they last; a failed run names it.
/// In every tenth run clocks jump: what fakes them slows processes down.
/// </summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private const string SeedsVariable = "FAULT_SEEDS";
    private const int FaultsPerRun = 5;

    /// <summary>As many seeds as the variable says, or those from one to another: <c>7-7</c> is the one to see again.</summary>
    public static TheoryData<int> Seeds
    {
        get
        {
            var range = (Environment.GetEnvironmentVariable(SeedsVariable) ?? "2").Split('-').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            var (first, last) = range.Length is 1 ? (1, range[0]) : (range[0], range[1]);
            return [.. Enumerable.Range(first, last - first + 1)];
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_was_acknowledged_is_kept_and_served_everywhere_and_no_request_fails_for_the_control_planes_sake(int seed)
    {
        var random = new Random(seed);
        await using var installation = await FaultyInstallation.StartAsync(onPostgres: seed % 2 is 0, fakedClocks: seed % 10 is 0 && FakedClock.IsAvailable);
        var writes = new WriteLoad(installation.Gateway.Http, installation.Gateway.Admin, new Random(seed));
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll([writes.RunAsync(stop.Token), .. installation.Requests.Select(requests => requests.RunAsync(stop.Token))]);

        var killed = await MisbehaveAsync(installation, random);
        await stop.CancelAsync();
        await load;

        try
        {
            await AssertAsync(installation, writes, killed);
        }
        catch
        {
            foreach (var line in installation.Troubles())
            {
                output.WriteLine(line);
            }

            throw;
        }
    }

    private async Task AssertAsync(FaultyInstallation installation, WriteLoad writes, HashSet<string> killed)
    {
        await installation.AgreeAsync();
        await writes.SettleAsync();
        output.WriteLine($"{writes.Acknowledged} writes acknowledged, {string.Join(" and ", installation.Requests.Select(requests => requests.Served))} requests served");
        Assert.Empty(installation.Requests.SelectMany(requests => requests.Failed));
        Assert.Empty(writes.Wrong);
        Assert.True(writes.Acknowledged > 0, "nothing was written");
        Assert.Empty(await writes.DifferencesAsync());
        await AssertServedAsync(installation, writes);
        await AssertCountedAsync(installation, killed);
    }

    /// <summary>One fault after the other, some of them while another lasts; in the end everything is put right.</summary>
    /// <returns>The names of what happened.</returns>
    private async Task<HashSet<string>> MisbehaveAsync(FaultyInstallation installation, Random random)
    {
        var happened = new HashSet<string>(StringComparer.Ordinal);
        var lasting = new Dictionary<string, Fault>(StringComparer.Ordinal);
        while (happened.Count < FaultsPerRun)
        {
            var fault = FaultCatalogue.Choose(installation, random);
            if (lasting.TryAdd(fault.Name, fault))
            {
                output.WriteLine($"begin: {fault.Name}");
                await fault.Begin();
                _ = happened.Add(fault.Name);
            }

            await Task.Delay(random.Next(50, 800));
            if (lasting.Count > 2)
            {
                await EndAsync(lasting.First().Value);
            }
        }

        // What a process needs to start comes before it.
        foreach (var fault in lasting.Values.OrderBy(fault => fault.Name.EndsWith("killed", StringComparison.Ordinal)).ToArray())
        {
            await EndAsync(fault);
        }

        return happened;

        async Task EndAsync(Fault fault)
        {
            // A control plane that is started while its database is stopped would wait for it.
            if (fault.Name is "control plane killed" && lasting.TryGetValue("PostgreSQL stopped", out var database))
            {
                await EndAsync(database);
            }

            output.WriteLine($"end: {fault.Name}");
            await fault.End();
            _ = lasting.Remove(fault.Name);
        }
    }

    private static async Task AssertServedAsync(FaultyInstallation installation, WriteLoad writes)
    {
        foreach (var (name, path) in writes.Expected)
        {
            for (var index = 0; index < FaultyInstallation.DataPlanes; index++)
            {
                using var response = await installation.Gateway.Http.GetAsync(new Uri(installation.Gateway.Proxy(index), path ?? $"/{name}-gone"));
                Assert.True(
                    response.StatusCode == (path is null ? HttpStatusCode.NotFound : HttpStatusCode.OK),
                    $"{name} at {FaultyInstallation.Sites[index]}: {(int)response.StatusCode} for {path ?? "a route that is gone"}");
            }
        }
    }

    /// <summary>To the last request where the data plane was never killed; a killed one loses at most what it had not sent yet.</summary>
    private static async Task AssertCountedAsync(FaultyInstallation installation, HashSet<string> happened)
    {
        await installation.StopDataPlanesAsync();
        for (var index = 0; index < FaultyInstallation.DataPlanes; index++)
        {
            var served = installation.Requests[index].Served;
            if (happened.Contains($"data plane {index} killed"))
            {
                // Requests in flight at the kill were counted there and not seen here.
                Assert.InRange(await installation.CountedAsync(index), 0, served + 1);
            }
            else
            {
                await Eventually.TrueAsync(async () => await installation.CountedAsync(index) == served);
            }
        }
    }
}

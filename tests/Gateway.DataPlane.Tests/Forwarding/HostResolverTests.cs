using System.Net.Sockets;
using Gateway.DataPlane.Balancing;
using Gateway.DataPlane.Dns;
using Gateway.DataPlane.Forwarding;
using Gateway.DataPlane.Tests.Dns;
using Hybrid.Testing;
using Microsoft.Extensions.Options;

namespace Gateway.DataPlane.Tests.Forwarding;

public sealed class HostResolverTests
{
    private readonly SettableClock _clock = new();
    private readonly Answers _answers = new();
    private readonly HostResolver _resolver;

    public HostResolverTests() => _resolver = new HostResolver(_answers, Options.Create(new DataPlaneOptions()), _clock);

    [Fact]
    public async Task An_answer_serves_for_as_long_as_it_holds()
    {
        _answers.Next = Found("10.0.0.1", 30);
        await ResolveAsync();
        _clock.Advance(29);

        Assert.Equal("10.0.0.1", await ResolveAsync());
        Assert.Equal(1, _answers.Asked);
    }

    [Fact]
    public async Task An_old_answer_serves_while_it_is_fetched_again()
    {
        _answers.Next = Found("10.0.0.1", 30);
        await ResolveAsync();
        _clock.Advance(31);
        var fetched = new TaskCompletionSource();
        _answers.Wait = fetched.Task;
        _answers.Next = Found("10.0.0.2", 30);

        // Nobody waits, and it is asked once for all.
        Assert.Equal("10.0.0.1", await ResolveAsync());
        Assert.Equal("10.0.0.1", await ResolveAsync());
        fetched.SetResult();
        await Eventually.TrueAsync(async () => await ResolveAsync() == "10.0.0.2");
        Assert.Equal(2, _answers.Asked);
    }

    [Fact]
    public async Task While_no_server_answers_the_last_answer_serves_until_it_is_too_old()
    {
        _answers.Next = Found("10.0.0.1", 30);
        await ResolveAsync();
        _answers.Next = new NameAnswer([], Life: null, "no server answers", IsCertain: false);
        _clock.Advance(31);
        Assert.Equal("10.0.0.1", await ResolveAsync());
        await Eventually.TrueAsync(() => _answers.Asked == 2);

        _clock.Advance(3590);
        Assert.Equal("10.0.0.1", await ResolveAsync());
        _clock.Advance(20);

        // A refresh that began before may still be under way, and is good for those who ask meanwhile.
        await FailsAsync(SocketError.TryAgain);
    }

    [Fact]
    public async Task A_name_that_is_gone_is_gone_at_once()
    {
        _answers.Next = Found("10.0.0.1", 30);
        await ResolveAsync();
        _answers.Next = new NameAnswer([], TimeSpan.FromSeconds(10), "does not exist");
        _clock.Advance(31);
        await ResolveAsync();

        await FailsAsync(SocketError.HostNotFound);
    }

    [Theory]
    [InlineData(10, 9, 11)]
    [InlineData(86400, 29, 31)]
    public async Task An_absence_is_remembered_for_as_long_as_the_zone_says_and_half_a_minute_at_most(int life, int before, int after)
    {
        _answers.Next = new NameAnswer([], TimeSpan.FromSeconds(life), "does not exist");
        await Assert.ThrowsAsync<SocketException>(ResolveAsync);
        _clock.Advance(before);
        await Assert.ThrowsAsync<SocketException>(ResolveAsync);
        Assert.Equal(1, _answers.Asked);

        _clock.Advance(after - before);
        _answers.Next = Found("10.0.0.3", 30);
        Assert.Equal("10.0.0.3", await ResolveAsync());
    }

    [Fact]
    public async Task A_life_of_0_is_not_once_per_request()
    {
        _answers.Next = Found("10.0.0.1", 0);

        for (var i = 0; i < 10; i++)
        {
            await ResolveAsync();
        }

        Assert.Equal(1, _answers.Asked);
    }

    [Fact]
    public async Task Whoever_waits_may_give_up_without_ending_it_for_others()
    {
        var fetched = new TaskCompletionSource();
        _answers.Wait = fetched.Task;
        _answers.Next = Found("10.0.0.1", 30);
        using var impatient = new CancellationTokenSource();
        var first = _resolver.ResolveAsync("api.test", impatient.Token).AsTask();
        var second = ResolveAsync();
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        fetched.SetResult();
        Assert.Equal("10.0.0.1", await second);
        Assert.Equal(1, _answers.Asked);
    }

    [Fact]
    public async Task An_address_is_what_it_is()
    {
        Assert.Equal("::1", (await _resolver.ResolveAsync("[::1]", CancellationToken.None)).All[0].ToString());
        Assert.Equal(0, _answers.Asked);
    }

    private static NameAnswer Found(string address, int seconds) => new([new TargetAddress(address)], TimeSpan.FromSeconds(seconds));

    private Task FailsAsync(SocketError expected) =>
        Eventually.TrueAsync(async () =>
        {
            try
            {
                await ResolveAsync();
                return false;
            }
            catch (SocketException failure)
            {
                return failure.SocketErrorCode == expected;
            }
        });

    private async Task<string> ResolveAsync() => (await _resolver.ResolveAsync("api.test", CancellationToken.None)).All[0].ToString();

    private sealed class Answers : INameLookup
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public NameAnswer Next { get; set; } = new([], Life: null);

        public Task Wait { get; set; } = Task.CompletedTask;

        public async Task<NameAnswer> LookUpAsync(string name, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            await Wait;
            return Next;
        }
    }
}

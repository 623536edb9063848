using Gateway.DataPlane.Tests.Hosting.Support;

namespace Gateway.DataPlane.Tests.Hosting;

/// <summary>Several requests over one connection.</summary>
public sealed class PipeliningTests
{
    [Fact]
    public async Task Requests_that_came_in_one_piece_are_answered_in_their_order()
    {
        await using var upstream = await RunningUpstream.StartAsync();
        await using var plane = await RunningDataPlane.StartAsync();
        var configuration = new ConfigurationBuilder();
        configuration.Route("x", configuration.Service("x", upstream.Url), route => route with { Paths = ["/"] });
        await plane.ApplyAsync(configuration.Snapshot());
        using var client = new RawClient(plane.Proxy);

        await client.SendAsync(string.Concat(Enumerable.Range(0, 50).Select(number => $"GET /{number} HTTP/1.1\r\nHost: test\r\n{(number == 49 ? "Connection: close\r\n" : "")}\r\n")));

        var answers = await client.ReadToEndAsync();
        Assert.Equal(50, answers.Split("HTTP/1.1 200").Length - 1);
        Assert.Equal(50, upstream.Requests);
        Assert.Equal("/49", upstream.LastTarget);
    }
}

using Hybrid.Stacks.Local;
using Spectre.Console;

namespace Stacks.Tests.Local;

public sealed class ClusterWatcherTests : IDisposable
{
    private readonly StringWriter _text = new();
    private readonly HttpClient _http = new();
    private readonly ClusterWatcher _watcher;

    public ClusterWatcherTests()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(_text) });
        console.Profile.Width = 200;
        _watcher = new ClusterWatcher(new LocalAdmin(_http, new Uri("http://localhost:1")), new LocalOutput(console, TimeProvider.System));
    }

    [Fact]
    public void Each_data_plane_that_connects_is_one_line_and_so_is_the_revision_that_all_applied()
    {
        _watcher.Report([Instance("1", "on-prem", 1)]);
        _watcher.Report([Instance("1", "on-prem", 1), Instance("2", "cloud", 1)]);
        _watcher.Report([Instance("1", "on-prem", 1), Instance("2", "cloud", 1)]);

        Assert.Equal(["data plane on-prem connected", "data plane cloud connected", "revision 1 applied by on-prem and cloud (hash abcdefabcdef)"], Lines());
    }

    [Fact]
    public void A_revision_is_announced_when_the_last_data_plane_has_applied_it()
    {
        _watcher.Report([Instance("1", "on-prem", 1), Instance("2", "cloud", 1)]);
        _watcher.Report([Instance("1", "on-prem", 2), Instance("2", "cloud", 1)]);
        Assert.Equal(3, Lines().Count);

        _watcher.Report([Instance("1", "on-prem", 2), Instance("2", "cloud", 2)]);

        Assert.StartsWith("revision 2 applied by on-prem and cloud", Lines()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_plane_that_goes_away_and_returns_is_said_once_each()
    {
        _watcher.Report([]);
        _watcher.Report(null);
        _watcher.Report(null);
        _watcher.Report([]);

        Assert.Equal(["the control plane does not answer; the data planes go on with what they have", "the control plane answers again"], Lines());
    }

    [Fact]
    public void A_disconnection_and_a_refusal_are_said()
    {
        _watcher.Report([Instance("1", "on-prem", 1)]);
        _watcher.Report([Instance("1", "on-prem", 1) with { LastRefusal = "routes: broken" }]);
        _watcher.Report([Instance("1", "on-prem", 1) with { Connected = false, LastRefusal = "routes: broken" }]);

        Assert.Equal(["data plane on-prem connected", "data plane on-prem refused a revision: routes: broken", "data plane on-prem disconnected"], Lines());
    }

    public void Dispose()
    {
        _http.Dispose();
        _text.Dispose();
    }

    private static DataPlaneStatus Instance(string id, string site, long revision) => new(id, site, true, revision, "abcdefabcdefabcdef", "normal", null);

    // Without the time that each begins with.
    private List<string> Lines() => [.. _text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].TrimEnd())];
}

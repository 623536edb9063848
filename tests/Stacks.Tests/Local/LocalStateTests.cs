using Hybrid.Stacks.Local;
using Hybrid.Testing;

namespace Stacks.Tests.Local;

public sealed class LocalStateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private LocalLayout Layout => new(Repository.Root, _folder.FullName);

    [Fact]
    public void What_was_written_is_read()
    {
        var state = new LocalState(new RecordedProcess(1, 2), 9000, Ready: true, new Dictionary<string, RecordedProcess> { ["cloud"] = new(3, 4) });

        state.Write(Layout);

        Assert.Equivalent(state, LocalState.Read(Layout), strict: true);
    }

    [Fact]
    public void A_folder_from_which_nothing_was_started_has_no_state() => Assert.Null(LocalState.Read(Layout));

    [Fact]
    public void A_file_that_is_not_a_state_is_one_clear_line()
    {
        File.WriteAllText(Layout.StateFile, "{");

        Assert.Contains("remove the folder to begin anew", Assert.Throws<LocalException>(() => LocalState.Read(Layout)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_id_that_was_given_to_another_process_is_not_taken_for_ours()
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        var recorded = RecordedProcess.Of(self);

        Assert.True(recorded.IsRunning());
        Assert.False((recorded with { Started = recorded.Started - 60_000 }).IsRunning());
    }

    [Fact]
    public void All_ports_keep_their_distance_from_the_first()
    {
        var usual = new LocalPorts(LocalPorts.Default).All().Select(entry => entry.Port - LocalPorts.Default);
        var moved = new LocalPorts(20000).All().Select(entry => entry.Port - 20000);

        Assert.Equal(usual, moved);
        Assert.Equal(usual.Count(), usual.Distinct().Count());
    }

    [Fact]
    public void Every_process_gets_settings_that_are_valid_for_its_role()
    {
        var topology = new LocalTopology(Layout, new LocalPorts(LocalPorts.Default));
        foreach (var name in LocalTopology.Names.Where(name => name != LocalTopology.Upstream))
        {
            var environment = topology.Process(name).Settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value));
            Assert.Empty(Gateway.Settings.SettingsReader.Read(environment).Errors);
        }
    }

    public void Dispose() => _folder.Dispose();
}

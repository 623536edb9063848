using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Hybrid.Stacks.Local;

/// <summary><c>status local</c>: exit code 0 where every part runs, 1 otherwise.</summary>
internal static class StatusLocal
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var layout = LocalCommands.Layout(arguments);
        var state = LocalState.Read(layout) ?? throw new LocalException($"nothing runs from {layout.State}: start it with ./hybrid up local");
        if (arguments.GetValue(LocalCommands.Json))
        {
            Console.WriteLine(ToJson(state).ToJsonString(Indented));
        }
        else
        {
            await ShowAsync(state, cancellationToken);
        }

        return LocalTopology.Names.All(name => Pid(state, name) is not null) ? 0 : 1;
    }

    internal static JsonObject ToJson(LocalState state)
    {
        var ports = new LocalPorts(state.PortsFrom);
        return new JsonObject
        {
            ["control_plane"] = new JsonObject
            {
                ["pid"] = Pid(state, LocalTopology.ControlPlane),
                ["admin"] = LocalTopology.Url(ports.Admin).OriginalString,
                ["cluster"] = LocalTopology.SecureUrl(ports.Cluster).OriginalString,
                ["telemetry"] = LocalTopology.SecureUrl(ports.Telemetry).OriginalString,
            },
            ["data_planes"] = new JsonArray([.. LocalTopology.Sites.Select((site, index) => new JsonObject
            {
                ["name"] = site,
                ["pid"] = Pid(state, site),
                ["proxy"] = LocalTopology.Url(ports.Proxy(index)).OriginalString,
                ["status"] = LocalTopology.Url(ports.ProxyStatus(index)).OriginalString,
            })]),
            ["upstream"] = new JsonObject
            {
                ["pid"] = Pid(state, LocalTopology.Upstream),
                ["urls"] = new JsonArray(LocalTopology.Url(ports.FirstTarget).OriginalString, LocalTopology.Url(ports.SecondTarget).OriginalString),
            },
        };
    }

    private static async Task ShowAsync(LocalState state, CancellationToken cancellationToken)
    {
        var ports = new LocalPorts(state.PortsFrom);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var instances = await new LocalAdmin(http, LocalTopology.Url(ports.Admin)).ReadDataPlanesAsync(cancellationToken);
        var table = new Table().Border(TableBorder.Rounded).AddColumns("part", "pid", "address", "configuration");
        table.AddRow("control plane", Shown(state, LocalTopology.ControlPlane), LocalTopology.Url(ports.Admin).OriginalString, instances is null ? "[red]does not answer[/]" : "");
        for (var index = 0; index < LocalTopology.Sites.Count; index++)
        {
            var site = LocalTopology.Sites[index];
            var instance = instances?.FirstOrDefault(candidate => candidate.Site == site && candidate.Connected);
            var configuration = instance is null ? (instances is null ? "" : "[yellow]not connected[/]") : $"revision {instance.Revision}, {Markup.Escape(instance.SyncStatus)}";
            table.AddRow($"data plane {site}", Shown(state, site), LocalTopology.Url(ports.Proxy(index)).OriginalString, configuration);
        }

        table.AddRow("upstream", Shown(state, LocalTopology.Upstream), LocalTopology.Url(ports.FirstTarget).OriginalString, "");
        AnsiConsole.Write(table);
    }

    private static string Shown(LocalState state, string name) => Pid(state, name) is { } pid ? $"{pid}" : "[red]stopped[/]";

    private static int? Pid(LocalState state, string name) =>
        state.Processes.TryGetValue(name, out var process) && process.IsRunning() ? process.Pid : null;
}

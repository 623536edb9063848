using Spectre.Console;

namespace Hybrid.Stacks.Local;

/// <summary>What the user sees while the topology runs: progress, then the addresses, then one line per event.</summary>
internal sealed class LocalOutput(IAnsiConsole console, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _started = time.GetTimestamp();

    /// <summary>Shows that a step goes on, then that it is done and how long it took.</summary>
    public async Task StepAsync(string name, Func<Task> step)
    {
        var from = time.GetTimestamp();
        if (console.Profile.Capabilities.Interactive)
        {
            await console.Status().Spinner(Spinner.Known.Dots).StartAsync(Markup.Escape(name), _ => step());
        }
        else
        {
            await step();
        }

        Line($"  [green]✓[/] {Markup.Escape(name)} [grey]{time.GetElapsedTime(from).TotalSeconds:0.0} s[/]");
    }

    public void Ready(LocalTopology topology)
    {
        var ports = topology.Ports;
        Line($"[green]Ready[/] in {time.GetElapsedTime(_started).TotalSeconds:0.0} s");
        Line("");
        Line($"  control plane   Admin API [link]{LocalTopology.Url(ports.Admin).OriginalString}[/]");
        Line($"                  tunnels   {LocalTopology.SecureUrl(ports.Cluster).OriginalString} (configuration)");
        Line($"                            {LocalTopology.SecureUrl(ports.Telemetry).OriginalString} (telemetry)");
        foreach (var site in LocalTopology.Sites)
        {
            var index = LocalTopology.Index(site);
            Line($"  data plane      {site,-9} {LocalTopology.Url(ports.Proxy(index)).OriginalString} (status {LocalTopology.Url(ports.ProxyStatus(index)).OriginalString}/status)");
        }

        Line($"  upstream        petstore  {LocalTopology.Url(ports.FirstTarget).OriginalString}, {LocalTopology.Url(ports.SecondTarget).OriginalString}");
        Line("");
        Line("Try it, through each data plane:");
        for (var index = 0; index < LocalTopology.Sites.Count; index++)
        {
            Line($"  curl -H 'apikey: {SampleKey}' {LocalTopology.Url(ports.Proxy(index)).OriginalString}/pets");
        }

        Line("");
        Line("[grey]Ctrl-C stops everything.[/]");
    }

    public void Event(string text) => Line($"[grey]{time.GetLocalNow():HH:mm:ss}[/] {Markup.Escape(text)}");

    public void Problem(string text) => Line($"[red]{Markup.Escape(text)}[/]");

    /// <summary>The key of the sample's consumer, in gateway/samples/petstore.yaml.</summary>
    public const string SampleKey = "demo-key";

    private void Line(string markup)
    {
        lock (_gate)
        {
            console.MarkupLine(markup);
        }
    }
}

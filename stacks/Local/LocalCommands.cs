using System.CommandLine;

namespace Hybrid.Stacks.Local;

/// <summary>The command line of the local topology.</summary>
internal static class LocalCommands
{
    public static readonly Option<int> PortsFrom = new("--ports-from")
    {
        Description = $"Move all ports: the on-prem proxy gets N, the Admin API N+1, and so on ({LocalPorts.Lowest} to {LocalPorts.Highest})",
        HelpName = "N",
        DefaultValueFactory = _ => LocalPorts.Default,
    };

    public static readonly Option<string?> State = new("--state")
    {
        Description = "Where certificates, databases, caches and logs are kept (default: .hybrid/local in the clone)",
        HelpName = "DIR",
    };

    public static readonly Option<bool> Detach = new("--detach") { Description = "Return once everything is ready, and leave it running" };

    /// <summary>Set by <see cref="Detach"/> on the process that stays: it leaves the terminal's session.</summary>
    public static readonly Option<bool> Supervise = new("--supervise") { Hidden = true };

    public static readonly Option<bool> Json = new("--json") { Description = "For scripts" };

    public static LocalLayout Layout(ParseResult arguments)
    {
        var root = Environment.GetEnvironmentVariable("HYBRID_ROOT") ?? Directory.GetCurrentDirectory();
        return new LocalLayout(root, arguments.GetValue(State) ?? Path.Combine(root, ".hybrid", "local"));
    }

    public static LocalPorts Ports(ParseResult arguments)
    {
        var from = arguments.GetValue(PortsFrom);
        return from is >= LocalPorts.Lowest and <= LocalPorts.Highest
            ? new LocalPorts(from)
            : throw new LocalException($"--ports-from: {from} is out of range (allowed: {LocalPorts.Lowest} to {LocalPorts.Highest})");
    }
}

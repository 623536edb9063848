namespace Gateway.DataPlane.Hosting;

/// <summary>Marks a connection as a probe's: what came in through a status listener.</summary>
internal sealed class StatusConnection
{
    public static readonly StatusConnection Instance = new();
}

namespace Gateway.ControlPlane.Store.Schema;

internal sealed class SiteRow
{
    public required string Name { get; set; }
    public bool Enabled { get; set; } = true;

    /// <summary>JSON object of strings.</summary>
    public string Labels { get; set; } = "{}";

    /// <summary>Unix time in whole seconds.</summary>
    public long CreatedAt { get; set; }
    public long UpdatedAt { get; set; }
}

namespace Pulumi;

/// <summary>What controls a function call beside its arguments.</summary>
public class InvokeOptions
{
    /// <summary>Whose provider to use where none is given.</summary>
    public Resource? Parent { get; set; }

    public ProviderResource? Provider { get; set; }

    public string? Version { get; set; }

    public string? PluginDownloadURL { get; set; }
}

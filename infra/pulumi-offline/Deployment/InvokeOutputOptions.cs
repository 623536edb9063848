namespace Pulumi;

/// <summary>Options of a function call that returns an output.</summary>
public sealed class InvokeOutputOptions : InvokeOptions
{
    private InputList<Resource>? _dependsOn;

    /// <summary>Resources that must exist before the call.</summary>
    public InputList<Resource> DependsOn
    {
        get => _dependsOn ??= [];
        set => _dependsOn = value;
    }
}

namespace Gateway.DataPlane.Pipeline;

/// <summary>On an assembly with plugins of one's own: the contract that it was written for, <c>[assembly: PluginContract(PluginContractAttribute.Current)]</c>.</summary>
/// <param name="version">Becomes part of the assembly when that is compiled.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class PluginContractAttribute(int version) : Attribute
{
    /// <summary>This gateway's. Grows when a plugin that was compiled before would not run any more.</summary>
    public const int Current = 1;

    public int Version => version;
}

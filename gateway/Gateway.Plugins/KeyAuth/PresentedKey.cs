using System.Runtime.InteropServices;

namespace Gateway.Plugins.KeyAuth;

/// <summary>What a request holds under a key's name.</summary>
/// <param name="Value">Null where there is none, or more than one.</param>
/// <param name="IsDuplicate">True where there is more than one: which counts would be anyone's guess.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PresentedKey(string? Value, bool IsDuplicate = false)
{
    public bool IsPresent => Value is not null || IsDuplicate;
}

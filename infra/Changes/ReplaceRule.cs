namespace Hybrid.Infra.Changes;

/// <summary>A property whose change replaces its resource.</summary>
/// <param name="Path">As the provider names it, without indexes: <c>metadata.name</c>.</param>
public sealed record ReplaceRule(string Path, ReplaceWhen When)
{
    public static implicit operator ReplaceRule(string path) => FromString(path);

    public static ReplaceRule FromString(string path) => new(path, ReplaceWhen.Changed);

    public static ReplaceRule AddedOrRemoved(string path) => new(path, ReplaceWhen.AddedOrRemoved);

    public static ReplaceRule Removed(string path) => new(path, ReplaceWhen.Removed);

    public static ReplaceRule Disabled(string path) => new(path, ReplaceWhen.Disabled);

    public static ReplaceRule Lowered(string path) => new(path, ReplaceWhen.Lowered);
}

namespace Pulumi;

/// <summary>The arguments of a resource, or of an object inside them.</summary>
public abstract class ResourceArgs : InputArgs
{
    public static readonly ResourceArgs Empty = new EmptyArgs();

    private sealed class EmptyArgs : ResourceArgs;
}

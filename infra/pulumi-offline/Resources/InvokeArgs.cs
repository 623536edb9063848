namespace Pulumi;

/// <summary>The arguments of a function.</summary>
public abstract class InvokeArgs : InputArgs
{
    public static readonly InvokeArgs Empty = new EmptyArgs();

    private sealed class EmptyArgs : InvokeArgs;
}

namespace Pulumi;

/// <summary>An output of another stack: one of both is set, or neither where there is no such output.</summary>
public sealed class StackReferenceOutputDetails
{
    public object? Value { get; set; }

    public object? SecretValue { get; set; }
}

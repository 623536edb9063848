using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A value given to a resource: plain, or an <see cref="Output{T}"/> of another resource.</summary>
public class Input<T> : IInput
{
    private protected Output<T> _outputValue;

    private protected Input(Output<T> outputValue, bool derived) => _outputValue = outputValue;

    internal Input(Output<T> outputValue) => _outputValue = outputValue ?? throw new ArgumentNullException(nameof(outputValue));

    public static implicit operator Input<T>(T value) => Output.Create(value);

    public static implicit operator Input<T>(Output<T> value) => new(value);

    public static implicit operator Output<T>(Input<T> input) => input._outputValue;

    IOutput IInput.ToUntypedOutput() => _outputValue;
}

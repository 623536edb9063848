using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A list of inputs that is itself an input: it accepts a list of values, of outputs, or an output of a list.</summary>
public sealed class InputList<T> : Input<ImmutableArray<T>>, IEnumerable, IAsyncEnumerable<Input<T>>
{
    public InputList()
        : this(Output.Create(ImmutableArray<T>.Empty))
    {
    }

    private InputList(Output<ImmutableArray<T>> values)
        : base(values, derived: true)
    {
    }

    public static implicit operator InputList<T>(T value) => Output.All((Input<T>)value);

    public static implicit operator InputList<T>(Output<T> value) => Output.All(value);

    public static implicit operator InputList<T>(Input<T> value) => Output.All(value);

    public static implicit operator InputList<T>(T[] values) => ImmutableArray.Create(values);

    public static implicit operator InputList<T>(Output<T>[] values) => Output.All(values);

    public static implicit operator InputList<T>(Input<T>[] values) => Output.All(values);

    public static implicit operator InputList<T>(List<T> values) => ImmutableArray.CreateRange(values);

    public static implicit operator InputList<T>(List<Output<T>> values) => Output.All(values.AsEnumerable());

    public static implicit operator InputList<T>(List<Input<T>> values) => Output.All(values.AsEnumerable());

    public static implicit operator InputList<T>(ImmutableArray<T> values) => new(Output.Create(values));

    public static implicit operator InputList<T>(ImmutableArray<Output<T>> values) => Output.All(values.AsEnumerable());

    public static implicit operator InputList<T>(ImmutableArray<Input<T>> values) => Output.All(values.AsEnumerable());

    public static implicit operator InputList<T>(Output<T[]> values) => values.Apply(array => ImmutableArray.Create(array));

    public static implicit operator InputList<T>(Output<List<T>> values) => values.Apply(list => ImmutableArray.CreateRange(list));

    public static implicit operator InputList<T>(Output<IEnumerable<T>> values) => values.Apply(list => ImmutableArray.CreateRange(list));

    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => new(values);

    public void Add(params Input<T>[] inputs) => _outputValue = Output.Concat(_outputValue, Output.All(inputs));

    /// <summary>Lets a collection initializer splice in another list.</summary>
    public void Add(InputList<T> inputs) => AddRange(inputs);

    public void AddRange(InputList<T> inputs) => _outputValue = Output.Concat(_outputValue, inputs._outputValue);

    public InputList<T> Concat(InputList<T> other) => Output.Concat(_outputValue, other._outputValue);

    public async IAsyncEnumerator<Input<T>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        foreach (var value in await _outputValue.GetValueAsync(whenUnknown: []))
        {
            yield return value;
        }
    }

    IEnumerator IEnumerable.GetEnumerator()
        => throw new NotSupportedException($"A {GetType().FullName} cannot be synchronously enumerated. Use {nameof(GetAsyncEnumerator)} instead.");

    internal InputList<T> Clone() => new(_outputValue);
}

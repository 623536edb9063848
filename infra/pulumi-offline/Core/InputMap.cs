using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A map of inputs that is itself an input: it accepts values, outputs, or an output of a dictionary.</summary>
public sealed class InputMap<TValue> : Input<ImmutableDictionary<string, TValue>>, IEnumerable, IAsyncEnumerable<Input<KeyValuePair<string, TValue>>>
{
    public InputMap()
        : this(Output.Create(ImmutableDictionary<string, TValue>.Empty))
    {
    }

    private InputMap(Output<ImmutableDictionary<string, TValue>> values)
        : base(values, derived: true)
    {
    }

    public Input<TValue> this[string key]
    {
        set => Add(key, value);
    }

    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => Output.Create(values);

    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => Output.Create(values);

    public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values)
        => values.Apply(map => ImmutableDictionary.CreateRange(map));

    public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values)
        => values.Apply(map => ImmutableDictionary.CreateRange(map));

    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values) => new(values);

    /// <summary>Both maps in a new one; the second wins where both have a key.</summary>
    public static InputMap<TValue> Merge(InputMap<TValue> first, InputMap<TValue> second)
        => Output.Tuple(first._outputValue, second._outputValue).Apply(both => both.Item1.SetItems(both.Item2));

    public void Add(string key, Input<TValue> value)
    {
        Input<ImmutableDictionary<string, TValue>> current = _outputValue;
        _outputValue = Output.Tuple(current, value).Apply(both => both.Item1.Add(key, both.Item2));
    }

    /// <summary>Lets a collection initializer splice in another map.</summary>
    public void Add(InputMap<TValue> values) => AddRange(values);

    public void AddRange(InputMap<TValue> values)
        => _outputValue = Output.Tuple(_outputValue, values._outputValue).Apply(both => both.Item1.AddRange(both.Item2));

    public async IAsyncEnumerator<Input<KeyValuePair<string, TValue>>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        foreach (var pair in await _outputValue.GetValueAsync(whenUnknown: ImmutableDictionary<string, TValue>.Empty))
        {
            yield return pair;
        }
    }

    IEnumerator IEnumerable.GetEnumerator()
        => throw new NotSupportedException($"A {GetType().FullName} cannot be synchronously enumerated. Use {nameof(GetAsyncEnumerator)} instead.");
}

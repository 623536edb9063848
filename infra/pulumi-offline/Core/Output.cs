using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Creates and combines <see cref="Output{T}"/>s.</summary>
public static partial class Output
{
    public static Output<T> Create<T>(T value) => Create(Task.FromResult(value));

    public static Output<T> Create<T>(Task<T> value) => Output<T>.Create(value);

    public static Output<T> CreateSecret<T>(T value) => CreateSecret(Task.FromResult(value));

    public static Output<T> CreateSecret<T>(Task<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Output<T>.FromTask(value, isSecret: true);
    }

    public static Output<T> CreateSecret<T>(Output<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.WithIsSecret(Task.FromResult(true));
    }

    /// <summary>A copy of the output that is not marked as a secret.</summary>
    public static Output<T> Unsecret<T>(Output<T> output) => output.WithIsSecret(Task.FromResult(false));

    public static async Task<bool> IsSecretAsync<T>(Output<T> output) => (await output.DataTask).IsSecret;

    /// <summary>One output of all values: unknown if any is unknown, secret if any is secret.</summary>
    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => AllOf(inputs);

    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) => AllOf([.. inputs]);

    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => All(outputs.AsEnumerable());

    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs)
        => AllOf([.. outputs.Select(output => (Input<T>)output)]);

    /// <summary>Fills the holes of an interpolated string, which may hold inputs and outputs.</summary>
    public static Output<string> Format(FormattableString formattableString)
    {
        var format = formattableString.Format;
        var arguments = formattableString.GetArguments().Select(ToObject).ToArray();
        return AllOf(arguments).Apply(values => string.Format(CultureInfo.CurrentCulture, format, [.. values]));

        static Input<object?> ToObject(object? argument)
        {
            var output = argument switch
            {
                IInput input => input.ToUntypedOutput(),
                IOutput other => other,
                _ => null,
            };
            return output is null ? Create(argument) : new Output<object?>(output.GetDataAsync());
        }
    }

    public static Output<string> JsonSerialize<T>(Output<T> value, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Output<string>(OutputJson.SerializeAsync(value, options));
    }

    public static Output<T> JsonDeserialize<T>(Output<string> json, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new Output<T>(OutputJson.DeserializeAsync<T>(json, options));
    }

    internal static Output<ImmutableArray<T>> Concat<T>(Output<ImmutableArray<T>> first, Output<ImmutableArray<T>> second)
        => Tuple(first, second).Apply(both => both.Item1.AddRange(both.Item2));

    private static Output<ImmutableArray<T>> AllOf<T>(Input<T>[] inputs)
    {
        return new Output<ImmutableArray<T>>(CollectAsync());

        async Task<OutputData<ImmutableArray<T>>> CollectAsync()
        {
            var collector = new OutputCollector();
            var values = ImmutableArray.CreateBuilder<T>(inputs.Length);
            foreach (var input in inputs)
            {
                values.Add(collector.Take(await ((Output<T>)input).DataTask));
            }

            return collector.Finish(values.MoveToImmutable());
        }
    }
}

using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>
/// A value that may be known only after a resource was created, with the resources it comes from and whether it is a secret.
/// </summary>
public sealed class Output<T> : IOutput
{
    internal Output(Task<OutputData<T>> dataTask)
    {
        DataTask = dataTask;
        // A failing Apply must fail the run, whoever looks at its result.
        Deployment.Current?.Runner.Watch(dataTask);
    }

    internal Task<OutputData<T>> DataTask { get; }

    public static Output<T> Create(Task<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return FromTask(value, isSecret: false);
    }

    public Output<TResult> Apply<TResult>(Func<T, TResult> func) => Apply(value => Output.Create(func(value)));

    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func) => Apply(value => Output.Create(func(value)));

    public Output<ValueTuple> Apply(Func<T, Task> func)
        => Apply(async value =>
        {
            await func(value);
            return default(ValueTuple);
        });

    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func) => Apply(value => func(value).ToOutput());

    /// <summary>
    /// Transforms the value. In a preview the function does not run while the value is unknown; an update runs it always.
    /// The result depends on the resources of both outputs and is secret if either is.
    /// </summary>
    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func)
    {
        return new Output<TResult>(ApplyAsync());

        async Task<OutputData<TResult>> ApplyAsync()
        {
            var data = await DataTask;
            if (!data.IsKnown && Deployment.Instance.IsDryRun)
            {
                return OutputData.Create(data.Resources, default(TResult)!, isKnown: false, data.IsSecret);
            }

            var inner = func(data.Value);
            if (inner is null)
            {
                return OutputData.Create(data.Resources, default(TResult)!, data.IsKnown, data.IsSecret);
            }

            var innerData = await inner.DataTask;
            return OutputData.Create(
                data.Resources.Union(innerData.Resources),
                innerData.Value,
                data.IsKnown && innerData.IsKnown,
                data.IsSecret || innerData.IsSecret);
        }
    }

    public override string ToString()
        => """
           Calling [ToString] on an [Output<T>] is not supported.

           To get the value of an Output<T> as an Output<string> consider:
           1. o.Apply(v => $"prefix{v}suffix")
           2. Output.Format($"prefix{hostname}suffix");
           """;

    internal static Output<T> FromTask(Task<T> value, bool isSecret)
    {
        return new Output<T>(AwaitAsync());

        async Task<OutputData<T>> AwaitAsync() => OutputData.Known(await value, isSecret);
    }

    internal static Output<T> Unknown(T value)
        => new(Task.FromResult(new OutputData<T>([], value, IsKnown: false, IsSecret: false)));

    internal Output<T> WithIsSecret(Task<bool> isSecret)
    {
        return new Output<T>(MarkAsync());

        async Task<OutputData<T>> MarkAsync() => (await DataTask) with { IsSecret = await isSecret };
    }

    internal async Task<T> GetValueAsync(T whenUnknown)
    {
        var data = await DataTask;
        return data.IsKnown ? data.Value : whenUnknown;
    }

    async Task<OutputData<object?>> IOutput.GetDataAsync() => (await DataTask).Untyped();
}

namespace Pulumi;

/// <summary>Uses an input as the output it wraps; a missing input is the default of its type.</summary>
public static class InputExtensions
{
    public static Output<T> ToOutput<T>(this Input<T>? input) => input is null ? Output.Create(default(T)!) : (Output<T>)input;

    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, TResult> func) => input.ToOutput().Apply(func);

    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Task<TResult>> func) => input.ToOutput().Apply(func);

    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Input<TResult>?> func) => input.ToOutput().Apply(func);

    public static Output<TResult> Apply<T, TResult>(this Input<T>? input, Func<T, Output<TResult>?> func) => input.ToOutput().Apply(func);
}

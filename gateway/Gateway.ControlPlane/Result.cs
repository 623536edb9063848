using System.Diagnostics.CodeAnalysis;

namespace Gateway.ControlPlane;

/// <summary>A value, or why there is none.</summary>
[SuppressMessage("Usage", "CA2225", Justification = "The constructors are the named alternatives")]
public readonly record struct Result<T>
{
    public Result(T value) => Value = value;

    public Result(ConfigurationError error) => Error = error;

    public T? Value { get; }

    public ConfigurationError? Error { get; }

    /// <summary>True with the value; false with the error.</summary>
    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ConfigurationError? error)
    {
        value = Value;
        error = Error;
        return error is null;
    }

    public static implicit operator Result<T>(T value) => new(value);

    public static implicit operator Result<T>(ConfigurationError error) => new(error);
}

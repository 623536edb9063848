namespace Pulumi.Offline.Generator.Naming;

/// <summary>The C# classes that one schema object can become.</summary>
internal enum TypeShape
{
    /// <summary><c>Inputs.XArgs</c>: part of a resource's arguments.</summary>
    Input,

    /// <summary><c>Inputs.XGetArgs</c>: part of the state given to a lookup.</summary>
    State,

    /// <summary><c>Inputs.XArgs</c>, plain: part of a function's arguments.</summary>
    FunctionInput,

    /// <summary><c>Inputs.XInputArgs</c>: part of a function's arguments that may be outputs.</summary>
    FunctionOutputInput,

    /// <summary><c>Outputs.X</c>: part of a resource's outputs.</summary>
    Output,

    /// <summary><c>Outputs.XResult</c>: part of a function's result.</summary>
    FunctionOutput,
}

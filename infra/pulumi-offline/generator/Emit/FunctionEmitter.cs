using Pulumi.Offline.Generator.Naming;
using Pulumi.Offline.Generator.Schemas;

namespace Pulumi.Offline.Generator.Emit;

/// <summary>Writes a function with its arguments and its result.</summary>
internal sealed class FunctionEmitter(PackageNaming naming, ArgsEmitter args, OutputTypeEmitter outputs)
{
    public void Write(CodeWriter writer, SchemaFunction function)
    {
        var name = naming.Function(function.Token).Name;
        writer.Block($"public static class {name}", () => WriteMethods(writer, function, name));
        if (function.Inputs.Count > 0)
        {
            args.WriteFunctionArguments(writer, $"{name}Args", function.Inputs);
            args.WriteInputs(writer, $"{name}InvokeArgs", function.Inputs, TypeShape.FunctionOutputInput, "InvokeArgs");
        }

        outputs.Write(writer, $"{name}Result", function.Outputs, TypeShape.FunctionOutput);
    }

    private static void WriteMethods(CodeWriter writer, SchemaFunction function, string name)
    {
        const string Deployment = "global::Pulumi.Deployment.Instance";
        var hasInputs = function.Inputs.Count > 0;
        var isOptional = function.Inputs.All(input => !input.Required);
        var plain = Parameter($"{name}Args");
        var output = Parameter($"{name}InvokeArgs");
        var required = hasInputs ? $"{name}InvokeArgs args, " : "";

        writer.Line($"internal const string Token = \"{function.Token}\";");
        writer.Line($"public static global::System.Threading.Tasks.Task<{name}Result> InvokeAsync({plain}InvokeOptions? options = null)");
        writer.Line($"    => {Deployment}.InvokeAsync<{name}Result>(Token, {Argument($"{name}Args")}, options.WithDefaults());");
        writer.Line($"public static Output<{name}Result> Invoke({output}InvokeOptions? options = null)");
        writer.Line($"    => {Deployment}.Invoke<{name}Result>(Token, {Argument($"{name}InvokeArgs")}, options.WithDefaults());");
        writer.Line($"public static Output<{name}Result> Invoke({required}InvokeOutputOptions options)");
        writer.Line($"    => {Deployment}.Invoke<{name}Result>(Token, {Argument($"{name}InvokeArgs")}, options.WithDefaults());");

        string Parameter(string type) => !hasInputs ? "" : isOptional ? $"{type}? args = null, " : $"{type} args, ";

        string Argument(string type) => hasInputs ? $"args ?? new {type}()" : "global::Pulumi.InvokeArgs.Empty";
    }
}

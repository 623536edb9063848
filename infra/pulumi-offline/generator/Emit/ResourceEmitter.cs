using Pulumi.Offline.Generator.Naming;
using Pulumi.Offline.Generator.Schemas;

namespace Pulumi.Offline.Generator.Emit;

/// <summary>Writes a resource class.</summary>
internal sealed class ResourceEmitter(PackageSchema package, PackageNaming naming, TypeRenderer types)
{
    public void Write(CodeWriter writer, SchemaResource resource)
    {
        var isProvider = resource == package.Provider;
        var name = naming.Resource(resource.Token).Name;
        var baseType = isProvider ? "global::Pulumi.ProviderResource"
            : resource.IsComponent ? "global::Pulumi.ComponentResource"
            : package.IsKubernetes ? $"global::{naming.RootNamespace}.KubernetesResource"
            : "global::Pulumi.CustomResource";
        writer.Line($"[{naming.TokenAttribute}(\"{resource.Token}\")]");
        writer.Block($"public partial class {name} : {baseType}", () =>
        {
            foreach (var output in resource.Outputs)
            {
                writer.Line($"[Output(\"{output.Name}\")] public Output<{OutputType(output)}> {PackageNaming.Property(output)} {{ get; private set; }} = null!;");
            }

            writer.Line();
            WriteConstructors(writer, resource, name, isProvider);
            WriteOptions(writer, resource, isProvider);
            if (!isProvider && !resource.IsComponent)
            {
                WriteGet(writer, resource, name);
            }
        });
    }

    private string OutputType(SchemaProperty output)
        => types.Plain(output.Type, TypeShape.Output) + (!output.Required && !package.IsKubernetes && TypeRenderer.IsNullable(output.Type) ? "?" : "");

    private void WriteConstructors(CodeWriter writer, SchemaResource resource, string name, bool isProvider)
    {
        var args = naming.Args(resource.Token).Reference;
        var optional = package.IsKubernetes || isProvider || resource.Inputs.All(input => !input.Required);
        var constants = resource.Inputs.Where(input => input.Constant is not null).ToList();
        var options = resource.IsComponent ? "ComponentResourceOptions" : "CustomResourceOptions";
        var type = isProvider ? package.Name : resource.Token;
        var value = constants.Count > 0 ? "MakeArgs(args)" : $"args ?? new {args}()";
        var tail = resource.IsComponent ? "MakeResourceOptions(options), remote: true" : "MakeResourceOptions(options, \"\")";

        writer.Line($"public {name}(string name, {args}{(optional ? "? args = null" : " args")}, global::Pulumi.{options}? options = null)");
        writer.Line($"    : base(\"{type}\", name, {value}, {tail})");
        writer.Line("{");
        writer.Line("}");
        if (!isProvider && !resource.IsComponent)
        {
            var state = resource.State is null ? "" : $"{naming.State(resource.Token).Name}? state, ";
            writer.Line($"private {name}(string name, Input<string> id, {state}global::Pulumi.CustomResourceOptions? options)");
            writer.Line($"    : base(\"{type}\", name, {(resource.State is null ? "null" : "state")}, MakeResourceOptions(options, id))");
            writer.Line("{");
            writer.Line("}");
        }

        if (constants.Count > 0)
        {
            writer.Block($"private static {args} MakeArgs({args}? args)", () =>
            {
                writer.Line($"args ??= new {args}();");
                foreach (var constant in constants)
                {
                    writer.Line($"args.{PackageNaming.Property(constant)} = \"{constant.Constant}\";");
                }

                writer.Line("return args;");
            });
        }
    }

    private static void WriteOptions(CodeWriter writer, SchemaResource resource, bool isProvider)
    {
        var options = resource.IsComponent ? "global::Pulumi.ComponentResourceOptions" : "global::Pulumi.CustomResourceOptions";
        var idParameter = resource.IsComponent ? "" : ", Input<string>? id";
        var secrets = resource.IsComponent || isProvider ? [] : resource.Outputs.Where(output => output.Secret).Select(output => $"\"{output.Name}\"").ToList();
        var aliases = resource.AliasTypes.Select(type => $"new global::Pulumi.Alias {{ Type = \"{type}\" }}").ToList();
        writer.Block($"private static {options} MakeResourceOptions({options}? options{idParameter})", () =>
        {
            writer.Line($"var merged = {options}.Merge(new {options}");
            writer.Line("{");
            writer.Line("    Version = Utilities.Version,");
            if (secrets.Count > 0)
            {
                writer.Line($"    AdditionalSecretOutputs = {{ {string.Join(", ", secrets)} }},");
            }

            if (aliases.Count > 0)
            {
                writer.Line($"    Aliases = {{ {string.Join(", ", aliases)} }},");
            }

            writer.Line("}, options);");
            if (!resource.IsComponent)
            {
                writer.Line("merged.Id = id ?? merged.Id;");
            }

            writer.Line("return merged;");
        });
    }

    private void WriteGet(CodeWriter writer, SchemaResource resource, string name)
    {
        if (resource.State is not null)
        {
            var state = naming.State(resource.Token).Name;
            writer.Line($"public static {name} Get(string name, Input<string> id, {state}? state = null, global::Pulumi.CustomResourceOptions? options = null)");
            writer.Line($"    => new {name}(name, id, state, options);");
        }
        else
        {
            writer.Line($"public static {name} Get(string name, Input<string> id, global::Pulumi.CustomResourceOptions? options = null)");
            writer.Line($"    => new {name}(name, id, options);");
        }
    }
}

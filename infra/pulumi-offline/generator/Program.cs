using System.CommandLine;
using Pulumi.Offline.Generator.Emit;
using Pulumi.Offline.Generator.Schemas;

var schemas = new Option<DirectoryInfo>("--schemas") { Description = "The folder of aws.json, kubernetes.json and tls.json.", Required = true };
schemas.AcceptExistingOnly();
var output = new Option<DirectoryInfo>("--output") { Description = "The folder to write the sources to.", Required = true };
var generate = new Command("generate", "Makes the sources of the offline subset from the providers' schemas.") { schemas, output };
generate.SetAction(result =>
{
    var files = SourceGenerator.Generate(SchemaReader.ReadAll(result.GetRequiredValue(schemas).FullName));
    SourceGenerator.Write(files, result.GetRequiredValue(output).FullName);
    Console.WriteLine($"{files.Count} files written");
});

return await new RootCommand("The offline subset of the Pulumi packages.") { generate }.Parse(args).InvokeAsync();

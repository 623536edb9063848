using System.CommandLine;
using System.Reflection;
using Pulumi.Offline.Generator.Check;
using Pulumi.Offline.Generator.Emit;
using Pulumi.Offline.Generator.Schemas;

var schemas = new Option<DirectoryInfo>("--schemas")
{
    Description = "The folder of aws.json, kubernetes.json and tls.json.",
    DefaultValueFactory = _ => new DirectoryInfo("infra/pulumi-offline/schemas"),
};
schemas.AcceptExistingOnly();

var output = new Option<DirectoryInfo>("--output")
{
    Description = "The folder to write the sources to.",
    DefaultValueFactory = _ => new DirectoryInfo("infra/pulumi-offline/Generated"),
};
var generate = new Command("generate", "Makes the sources of the offline subset from the providers' schemas.") { schemas, output };
generate.SetAction(result =>
{
    var files = SourceGenerator.Generate(SchemaReader.ReadAll(result.GetRequiredValue(schemas).FullName));
    SourceGenerator.Write(files, result.GetRequiredValue(output).FullName);
    Console.WriteLine($"{files.Count} files written");
    return 0;
});

var generated = new Option<DirectoryInfo>("--generated")
{
    Description = "The folder of the committed sources.",
    DefaultValueFactory = _ => new DirectoryInfo("infra/pulumi-offline/Generated"),
};
generated.AcceptExistingOnly();
var assembly = new Option<FileInfo?>("--assembly") { Description = "The built subset; by default the newest below infra/pulumi-offline/bin." };
var check = new Command("check", "Verifies that the built subset offers nothing that the schemas lack, with the same types, optionality, secrecy and enumerations, and that its sources are up to date.") { schemas, generated, assembly };
check.SetAction(result =>
{
    var packages = SchemaReader.ReadAll(result.GetRequiredValue(schemas).FullName);
    var folder = result.GetRequiredValue(generated);
    var file = result.GetValue(assembly) ?? NewestBuild(folder.Parent!);
    if (file is not { Exists: true })
    {
        Console.Error.WriteLine($"--assembly: '{file?.FullName ?? "infra/pulumi-offline/bin"}' holds no built subset; allowed: the path of Pulumi.Offline.dll");
        return 1;
    }

    var checker = new SurfaceChecker(new ExpectedSurface(packages));
    var types = Assembly.LoadFrom(file.FullName).GetExportedTypes();
    List<Finding> findings = [.. checker.Check(types), .. SecrecyChecker.Check(packages, types), .. GeneratedFilesChecker.Check(SourceGenerator.Generate(packages), folder.FullName)];
    foreach (var finding in findings)
    {
        Console.Error.WriteLine(finding);
    }

    Console.WriteLine(findings.Count == 0 ? $"{types.Length} public types, nothing beyond the schemas" : $"{findings.Count} findings");
    return findings.Count == 0 ? 0 : 1;

    static FileInfo? NewestBuild(DirectoryInfo project)
        => new DirectoryInfo(Path.Combine(project.FullName, "bin")) is { Exists: true } bin
            ? bin.EnumerateFiles("Pulumi.Offline.dll", SearchOption.AllDirectories).MaxBy(candidate => candidate.LastWriteTimeUtc)
            : null;
});

return await new RootCommand("The offline subset of the Pulumi packages.") { generate, check }.Parse(args).InvokeAsync();

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Gateway.Commands.Admin;
using Gateway.Model;
using Gateway.Model.Declarative;
using Gateway.Model.OpenApi;

namespace Gateway.Commands.Config;

/// <summary><c>gateway config import-openapi</c>: services and routes from an OpenAPI document, as a declarative file or straight into a control plane.</summary>
internal static class ImportOpenApiCommand
{
    private static readonly Argument<FileInfo> Document = new("document") { Description = "An OpenAPI document, 3.0 or 3.1, YAML or JSON; - for standard input" };

    public static Command Create()
    {
        var server = new Option<string?>("--server") { Description = "Which of the document's servers: its url, or its place from 0; or the absolute URL that relative ones are relative to" };
        var variables = new Option<Dictionary<string, string>>("--server-variable") { Description = "NAME=VALUE, in place of the variable's default. May be repeated", CustomParser = ReadVariables };
        var validation = new Option<bool>("--validation") { Description = "Hold requests to the document: a request-validator for each route" };
        var selectTags = new Option<string[]>("--select-tag") { Description = "What the file says that it owns, see sync. May be repeated" };
        var output = new Option<FileInfo?>("--output", "-o") { Description = "The file to write; without it, standard output" };
        var sync = new Option<bool>("--sync") { Description = "Give it to the control plane instead of writing it: one revision; needs --select-tag" };
        var admin = new AdminOptions();
        var command = new Command("import-openapi", "Make services and routes of an OpenAPI document; exit code 0, or 1 where it says what a gateway can't do or what is not clear")
        {
            Document, server, variables, validation, selectTags, output, sync,
        };
        admin.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new OpenApiImportOptions
            {
                Server = parsed.GetValue(server),
                ServerVariables = parsed.GetValue(variables) ?? new Dictionary<string, string>(StringComparer.Ordinal),
                Validation = parsed.GetValue(validation),
                SelectTags = parsed.GetValue(selectTags) ?? [],
            };
            if (parsed.GetValue(sync) && (options.SelectTags.Count == 0 || parsed.GetValue(output) is not null))
            {
                throw new CommandException(options.SelectTags.Count == 0
                    ? "--sync: nothing says what the document owns; allowed: --select-tag TAG with it"
                    : "--output: with --sync nothing is written; allowed: one of the two");
            }

            var text = JsonToYaml.Write(Convert(parsed.GetRequiredValue(Document), options));
            if (parsed.GetValue(sync))
            {
                await SyncAsync(text, admin.Read(parsed), cancellationToken);
            }
            else if (parsed.GetValue(output) is { } path)
            {
                await OutputFile.WriteAsync(path, text, isPrivate: false, cancellationToken);
            }
            else
            {
                await Console.Out.WriteAsync(text);
            }

            return 0;
        });
        return command;
    }

    private static JsonObject Convert(FileInfo document, OpenApiImportOptions options)
    {
        string text;
        try
        {
            text = document.ToString() is "-" ? Console.In.ReadToEnd() : File.ReadAllText(document.FullName);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(problem.Message.TrimEnd('.'));
        }

        var result = OpenApiImport.Convert(text, options);
        foreach (var note in result.Notes)
        {
            Console.Error.WriteLine($"gateway: note: {note}");
        }

        return result.File ?? throw new ConfigErrors([.. result.Errors.Select(error => Locate(document, error))]);
    }

    // What is wrong with an option is no place in the document.
    private static ModelError Locate(FileInfo document, ModelError error) => error.Field.StartsWith("--", StringComparison.Ordinal) ? error
        : error.Field is ModelError.Entity ? error with { Field = document.ToString() }
        : error with { Field = $"{document}: {error.Field}" };

    private static async Task SyncAsync(string text, AdminAddress address, CancellationToken cancellationToken)
    {
        var files = DeclarativeFiles.Read([("the document", text)]);
        var request = new ConfigRequest([], address, [], All: false, TimeSpan.Zero, Json: false);
        var answer = await ConfigCommand.LoadAsync(request, files, dryRun: false, cancellationToken);
        await ConfigCommand.WriteAsync(request, answer, answer.Changes is 0 ? $"nothing to change; revision {answer.Revision}" : $"revision {answer.Revision}: {ConfigReport.Count(answer.Changes, "change", "changes")}");
    }

    private static Dictionary<string, string>? ReadVariables(ArgumentResult argument)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var token in argument.Tokens)
        {
            if (token.Value.Split('=', 2) is not [{ Length: > 0 } name, var value] || !variables.TryAdd(name, value))
            {
                argument.AddError($"--server-variable: '{token.Value}' is no variable with a value, each once (allowed: NAME=VALUE)");
                return null;
            }
        }

        return variables;
    }
}

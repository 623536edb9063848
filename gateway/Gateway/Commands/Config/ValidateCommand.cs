using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Model.Declarative;

namespace Gateway.Commands.Config;

/// <summary><c>gateway config validate</c>: by the control plane's own rules, without one; with one, also whether the files fit what it holds.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var options = new ConfigOptions(
            "validate",
            "Check declarative files without a control plane; with --admin-url also against what one holds, changing nothing; exit code 0 where they are valid, 1 where not");
        options.Command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = options.Read(parsed);
            try
            {
                var files = ConfigFiles.Read(request.Paths);
                var loaded = DeclarativeLoader.Load(files.Text, TimeProvider.System);
                if (loaded.Errors.Count > 0)
                {
                    throw new ConfigErrors([.. loaded.Errors.Select(files.Locate)]);
                }

                if (options.IsAdminUrlGiven(parsed))
                {
                    await ConfigCommand.LoadAsync(request, files, dryRun: true, cancellationToken);
                }

                await WriteAsync(request, loaded);
                return 0;
            }
            catch (ConfigErrors problems) when (request.Json)
            {
                await Console.Out.WriteLineAsync(new JsonObject { ["valid"] = false, ["errors"] = problems.ToJson() }.ToJsonString());
                return 1;
            }
        });
        return options.Command;
    }

    private static async Task WriteAsync(ConfigRequest request, DeclarativeResult loaded)
    {
        var counts = loaded.Entities.CountBy(entity => entity.Kind, StringComparer.Ordinal).ToList();
        await Console.Out.WriteLineAsync(request.Json
            ? new JsonObject { ["valid"] = true, ["entities"] = new JsonObject(counts.Select(kind => KeyValuePair.Create(kind.Key, (JsonNode?)kind.Value))) }.ToJsonString()
            : $"valid; {(counts.Count is 0 ? "nothing in it" : string.Join(", ", counts.Select(kind => $"{kind.Key} {kind.Value}")))}");
    }
}

using System.CommandLine;
using Gateway.Model.Declarative;

namespace Gateway.Commands.Config;

/// <summary><c>gateway config</c>: the configuration as files, against a control plane's Admin API.</summary>
internal static class ConfigCommand
{
    /// <summary>The exit code of <c>diff</c> where there are differences, as <c>terraform plan -detailed-exitcode</c> and <c>deck diff</c> know it.</summary>
    private const int Differences = 2;

    public static Command Create()
    {
        var command = new Command("config", "The configuration as declarative files, and its history");
        foreach (var subcommand in (Command[])[ValidateCommand.Create(), Diff(), Sync(), DumpCommand.Create(), ImportOpenApiCommand.Create(), .. HistoryCommand.Create(), CompatibilityCommand.Create()])
        {
            command.Add(subcommand);
        }

        return command;
    }

    private static Command Sync()
    {
        var sync = new ConfigOptions("sync", "Make the configuration what declarative files say: one revision, or none where nothing changes; exit code 0 when it is so, 1 for an error");
        sync.Command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = sync.Read(parsed);
            var answer = await LoadAsync(request, ConfigFiles.Read(request.Paths), dryRun: false, cancellationToken);
            await WriteAsync(request, answer, answer.Changes is 0 ? $"nothing to change; revision {answer.Revision}" : $"revision {answer.Revision}: {Count(answer.Changes)}");
            return 0;
        });
        return sync.Command;
    }

    private static Command Diff()
    {
        var diff = new ConfigOptions("diff", "Show what sync would change, and change nothing; exit code 0 where nothing would, 2 where something would, 1 for an error");
        diff.Command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = diff.Read(parsed);
            var answer = await LoadAsync(request, ConfigFiles.Read(request.Paths), dryRun: true, cancellationToken);
            await WriteAsync(request, answer, answer.Changes is 0 ? $"nothing to change; revision {answer.Revision}" : Count(answer.Changes));
            return answer.Changes is 0 ? 0 : Differences;
        });
        return diff.Command;
    }

    /// <exception cref="CommandException">The control plane refuses the files, or does not answer.</exception>
    public static async Task<LoadAnswer> LoadAsync(ConfigRequest request, DeclarativeFiles files, bool dryRun, CancellationToken cancellationToken)
    {
        var query = new List<string> { dryRun ? "dry_run=true" : "diff=true", "details=true" };
        if (Owned(request, files.SelectTags) is { Count: > 0 } tags)
        {
            query.Add($"select_tags={Uri.EscapeDataString(string.Join(',', tags))}");
        }

        using var admin = new AdminClient(request.Admin, request.Wait, TimeProvider.System, Console.Error);
        return await admin.LoadAsync(files, string.Join('&', query), cancellationToken);
    }

    public static async Task WriteAsync(ConfigRequest request, LoadAnswer answer, string summary)
    {
        if (request.Json)
        {
            await Console.Out.WriteLineAsync(ConfigReport.ToJson(answer).ToJsonString());
            return;
        }

        ConfigReport.Write(Console.Out, answer, TerminalColours.OfOutput());
        await Console.Out.WriteLineAsync(summary);
    }

    /// <summary>The tags of what the files own; empty for everything.</summary>
    private static IReadOnlyList<string> Owned(ConfigRequest request, IReadOnlyList<string> inFiles)
    {
        if (request.SelectTags.Count > 0 && inFiles.Count > 0 && !request.SelectTags.ToHashSet(StringComparer.Ordinal).SetEquals(inFiles))
        {
            throw new CommandException($"--select-tag: {string.Join(',', request.SelectTags)} is not what _info.select_tags says ({string.Join(',', inFiles)}); allowed: the same, or one of the two");
        }

        var tags = request.SelectTags.Count > 0 ? request.SelectTags : inFiles;
        return request.All && tags.Count > 0 ? throw new CommandException("--all: the files own what has certain tags; allowed: --all, or tags")
            : !request.All && tags.Count is 0 ? throw new CommandException("--select-tag: without it nothing says what the files own; allowed: a tag, or --all where they are the whole configuration")
            : tags;
    }

    private static string Count(int changes) => ConfigReport.Count(changes, "change", "changes");
}

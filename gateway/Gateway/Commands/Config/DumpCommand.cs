using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Commands.Admin;
using Gateway.Model.Declarative;

namespace Gateway.Commands.Config;

/// <summary><c>gateway config dump</c>: what a control plane holds, as a declarative file.</summary>
internal static class DumpCommand
{
    private const string Mask = "********";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var admin = new AdminOptions();
        var selectTags = new Option<string[]>("--select-tag") { Description = "Only what has this tag, which the file then says it owns. May be repeated: what has all of them" };
        var output = new Option<FileInfo?>("--output", "-o") { Description = "The file to write; without it, standard output. With secrets it is for its owner alone" };
        var withSecrets = new Option<bool>("--with-secrets") { Description = "Keys, passwords' hashes and private keys in clear, so that the file loads back; without it they are masked" };
        var format = new Option<string>("--format") { Description = "yaml or json", DefaultValueFactory = _ => "yaml" };
        format.AcceptOnlyFromAmong("yaml", "json");
        var command = new Command("dump", "Write the configuration as a declarative file (format 3.0), always in the same order; exit code 0, 1 for an error")
        {
            selectTags, output, withSecrets, format,
        };
        admin.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new AdminClient(admin.Read(parsed), TimeSpan.Zero, TimeProvider.System, Console.Error);
            var file = await client.DumpAsync(parsed.GetValue(selectTags) ?? [], parsed.GetValue(withSecrets), cancellationToken);
            var text = parsed.GetRequiredValue(format) is "json" ? file.ToJsonString(Indented) + "\n" : JsonToYaml.Write(file);
            if (parsed.GetValue(output) is { } path)
            {
                await OutputFile.WriteAsync(path, text, parsed.GetValue(withSecrets), cancellationToken);
            }
            else
            {
                await Console.Out.WriteAsync(text);
            }

            if (CountMasks(file) is > 0 and var masks)
            {
                await Console.Error.WriteLineAsync($"gateway: {ConfigReport.Count(masks, "secret is", "secrets are")} masked: the file does not load as it is (--with-secrets)");
            }

            return 0;
        });
        return command;
    }

    private static int CountMasks(JsonNode? node) => node switch
    {
        JsonObject members => members.Sum(member => CountMasks(member.Value)),
        JsonArray elements => elements.Sum(CountMasks),
        JsonValue value when value.TryGetValue<string>(out var text) && text == Mask => 1,
        _ => 0,
    };
}

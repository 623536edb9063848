using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Commands.Admin;

namespace Gateway.Commands.Config;

/// <summary><c>gateway config history</c>, <c>show</c> and <c>rollback</c>: who changed the configuration, what they changed, and back.</summary>
internal static class HistoryCommand
{
    public static IReadOnlyList<Command> Create() => [History(), Show(), Rollback()];

    private static Command History()
    {
        var size = new Option<int>("--size") { Description = "How many, 1 to 1000", DefaultValueFactory = _ => 20 };
        return Command(
            "history",
            "Who changed the configuration, when and from where, newest first",
            [size],
            (parsed, client, token) => client.SendAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"revisions?size={parsed.GetValue(size)}"), body: null, token),
            HistoryText.OfList);
    }

    private static Command Show()
    {
        var revision = Revision();
        return Command(
            "show",
            "What a revision changed; secrets are masked",
            [revision],
            (parsed, client, token) => client.SendAsync(HttpMethod.Get, Path(parsed, revision) + "?size=1000", body: null, token),
            HistoryText.OfOne);
    }

    private static Command Rollback()
    {
        var revision = Revision();
        var credentials = new Option<bool>("--credentials") { Description = "Roll back consumers' credentials as well: one that was revoked since works again" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Change nothing, only say what would be" };
        var reason = new Option<string?>("--reason") { Description = "Why, for those who read it later" };
        return Command(
            "rollback",
            "Make the configuration what it was at a revision, as a new revision",
            [revision, credentials, dryRun, reason],
            (parsed, client, token) =>
            {
                var body = new JsonObject { ["credentials"] = parsed.GetValue(credentials), ["dry_run"] = parsed.GetValue(dryRun) };
                if (parsed.GetValue(reason) is { } why)
                {
                    body["reason"] = why;
                }

                return client.SendAsync(HttpMethod.Post, Path(parsed, revision) + "/rollback", body, token);
            },
            HistoryText.OfRollback);
    }

    private static Command Command(
        string name, string description, IReadOnlyList<Symbol> symbols, Func<ParseResult, AdminApiClient, CancellationToken, Task<JsonObject>> work, Func<JsonObject, string> render)
    {
        var admin = new AdminOptions();
        var json = new Option<bool>("--json") { Description = "Print the Admin API's answer" };
        var command = new Command(name, description) { json };
        admin.AddTo(command);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new AdminApiClient(admin.Read(parsed));
            var answer = await work(parsed, client, cancellationToken);
            await Console.Out.WriteAsync(parsed.GetValue(json) ? answer.ToJsonString() + Environment.NewLine : render(answer));
            return 0;
        });
        return command;
    }

    private static Argument<long> Revision() => new("revision") { Description = "The revision's number" };

    private static string Path(ParseResult parsed, Argument<long> revision) => string.Create(CultureInfo.InvariantCulture, $"revisions/{parsed.GetRequiredValue(revision)}");
}

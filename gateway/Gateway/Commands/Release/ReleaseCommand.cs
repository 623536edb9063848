using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Commands.Admin;

namespace Gateway.Commands.Release;

/// <summary><c>gateway release</c>: which revision of the configuration which sites run.</summary>
internal static class ReleaseCommand
{
    public static Command Create() => new("release", "Stage, promote, abort and roll back revisions of the configuration")
    {
        Status(),
        Stage(),
        Move("promote", "Give every site the staged revision, and what waited for it"),
        Move("abort", "Give the staged sites what the others run; what was staged stays in the log, and waits", Reason()),
        Rollback(),
    };

    private static Command Status() => Command("status", "Say which revision which sites run, and what waits and why", [], (_, client, token) => client.StatusAsync(token));

    private static Command Stage()
    {
        var sites = new Option<Dictionary<string, string>>("--sites")
        {
            Description = "LABEL=VALUE[,…]: the sites that have all of these labels; required where no stage is open",
            CustomParser = ReadLabels,
        };
        var revision = new Option<long?>("--revision") { Description = "The revision to stage; the newest where it is not said" };
        var rise = new Option<double?>("--max-error-rise") { Description = "Abort when the sites' share of 5xx rises by more than this part of their requests, 0 to 1 (default 0.05)" };
        var requests = new Option<int?>("--min-requests") { Description = "Judge their share on no fewer requests than this (default 50)" };
        return Command("stage", "Give a revision to some sites only; until it is promoted or aborted, what is written waits", [sites, revision, rise, requests], (parsed, client, token) =>
        {
            var body = new JsonObject();
            if (parsed.GetValue(sites) is { } labels)
            {
                body["sites"] = new JsonObject(labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
            }

            Add(body, "revision", parsed.GetValue(revision));
            Add(body, "max_error_rise", parsed.GetValue(rise));
            Add(body, "min_requests", parsed.GetValue(requests));
            return client.MoveAsync("stage", body, token);
        });
    }

    private static Command Rollback()
    {
        var to = new Option<long>("--to") { Description = "The revision that every site shall run", Required = true };
        var reason = Reason();
        return Command("rollback", "Give every site an earlier revision at once; later writes wait until something is promoted", [to, reason], (parsed, client, token) =>
        {
            var body = new JsonObject { ["to"] = parsed.GetValue(to) };
            Add(body, "reason", parsed.GetValue(reason));
            return client.MoveAsync("rollback", body, token);
        });
    }

    private static Command Move(string name, string description, Option<string?>? reason = null) =>
        Command(name, description, reason is null ? [] : [reason], (parsed, client, token) =>
        {
            var body = new JsonObject();
            Add(body, "reason", reason is null ? null : parsed.GetValue(reason));
            return client.MoveAsync(name, body, token);
        });

    private static Command Command(
        string name, string description, IReadOnlyList<Option> options, Func<ParseResult, ReleaseClient, CancellationToken, Task<JsonObject>> work)
    {
        var admin = new AdminOptions();
        var json = new Option<bool>("--json") { Description = "Print the Admin API's answer" };
        var command = new Command(name, description) { json };
        admin.AddTo(command);
        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new ReleaseClient(admin.Read(parsed));
            var status = await work(parsed, client, cancellationToken);
            Console.Write(parsed.GetValue(json) ? status.ToJsonString() + Environment.NewLine : ReleaseText.Of(status));
        });
        return command;
    }

    private static Option<string?> Reason() => new("--reason") { Description = "Why, for those who read it later" };

    private static void Add(JsonObject body, string field, JsonNode? value)
    {
        if (value is not null)
        {
            body[field] = value;
        }
    }

    private static Dictionary<string, string>? ReadLabels(ArgumentResult argument)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in argument.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            var parts = pair.Split('=', 2);
            if (parts is not [{ Length: > 0 } label, { Length: > 0 } value] || !labels.TryAdd(label, value))
            {
                argument.AddError(string.Create(CultureInfo.InvariantCulture, $"--sites: '{pair}' is not a label with a value, each label once (allowed: LABEL=VALUE[,…])"));
                return null;
            }
        }

        return labels;
    }
}

using System.CommandLine;
using System.Text.RegularExpressions;

namespace Gateway.Commands.Search;

/// <summary>
/// <c>gateway search-setup</c>: what lives inside a search domain and is reached only from its network, such as roles, who has them, and how long request logs stay. What is already as the
/// file says is not written.
/// </summary>
internal static partial class SearchSetupCommand
{
    public static Command Create()
    {
        var endpoint = new Option<string>("--endpoint") { Description = "The domain's host, or its https address", Required = true };
        var region = new Option<string>("--region") { Description = "The domain's region, by which requests are signed", Required = true };
        var file = new Option<FileInfo>("--file") { Description = "JSON with roles, role_mappings, policies and index_templates, each by name and as OpenSearch takes it", Required = true };
        var wait = new Option<int>("--wait") { Description = "Seconds to go on trying while the domain does not answer, 0 to 3600", DefaultValueFactory = _ => 60 };
        var command = new Command(
            "search-setup",
            "Make the roles, role mappings, lifecycle policies and index templates of an OpenSearch domain what a file says; exit code 0 when they are so, 1 for an error")
        {
            endpoint, region, file, wait,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var patience = parsed.GetRequiredValue(wait);
            if (patience is < 0 or > 3600)
            {
                throw new CommandException($"--wait: {patience} is out of range; allowed: 0 to 3600");
            }

            var items = SearchFile.Read(parsed.GetRequiredValue(file));
            using var client = new SearchClient(
                EndpointOf(parsed.GetRequiredValue(endpoint)), RegionOf(parsed.GetRequiredValue(region)), TimeSpan.FromSeconds(patience), TimeProvider.System, Console.Error);
            var changes = 0;
            foreach (var item in items)
            {
                var change = await client.ApplyAsync(item, cancellationToken);
                if (change is not SearchChange.None)
                {
                    changes++;
                    await Console.Out.WriteLineAsync($"{(change is SearchChange.Created ? "created" : "updated")} {item}");
                }
            }

            await Console.Out.WriteLineAsync(changes is 0 ? $"nothing to change; {items.Count} as they should be" : $"{changes} of {items.Count} changed");
            return 0;
        });
        return command;
    }

    // Signed requests without TLS could be read and, for minutes, repeated: only on this machine.
    private static Uri EndpointOf(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}", UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            && address is { PathAndQuery: "/", UserInfo: "", Fragment: "" }
            ? address
            : throw new CommandException($"--endpoint: {text} is no address of a domain; allowed: a host, https://HOST, or http:// on this machine");

    private static string RegionOf(string text) =>
        RegionPattern().IsMatch(text) ? text : throw new CommandException($"--region: {text} is no region; allowed: such as eu-central-1");

    [GeneratedRegex("^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RegionPattern();
}

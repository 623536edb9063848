using System.CommandLine;
using Gateway.Commands.Admin;

namespace Gateway.Commands.Config;

/// <summary>One subcommand with the arguments that <c>sync</c>, <c>diff</c> and <c>validate</c> have in common.</summary>
internal sealed class ConfigOptions
{
    private readonly Argument<FileSystemInfo[]> _paths = new("path")
    {
        Description = "Declarative files, YAML or JSON, and folders of them, or - for standard input; all together are one configuration. ${{ env \"DECK_NAME\" }} in them is an environment variable's value",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly AdminOptions _admin = new();

    private readonly Option<string[]> _selectTags = new("--select-tag")
    {
        Description = "The files own what has this tag, and nothing else is touched; what they create gets it. May be repeated: what has all of them",
    };

    private readonly Option<bool> _all = new("--all") { Description = "The files are the whole configuration: what they lack is deleted, whoever made it" };

    private readonly Option<int> _wait = new("--wait")
    {
        Description = "Seconds to go on trying while the control plane does not answer, or has no database, 0 to 3600",
        DefaultValueFactory = _ => 30,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, for programs" };

    public ConfigOptions(string name, string description)
    {
        Command = new Command(name, description) { _paths, _selectTags, _all, _wait, _json };
        _admin.AddTo(Command);
    }

    public Command Command { get; }

    public bool IsAdminUrlGiven(ParseResult parsed) => _admin.IsUrlGiven(parsed);

    /// <exception cref="CommandException">An option can't be what it is.</exception>
    public ConfigRequest Read(ParseResult parsed)
    {
        var wait = parsed.GetRequiredValue(_wait);
        if (wait is < 0 or > 3600)
        {
            throw new CommandException($"--wait: {wait} is out of range; allowed: 0 to 3600");
        }

        return new ConfigRequest(parsed.GetRequiredValue(_paths), _admin.Read(parsed), parsed.GetValue(_selectTags) ?? [], parsed.GetValue(_all), TimeSpan.FromSeconds(wait), parsed.GetValue(_json));
    }
}

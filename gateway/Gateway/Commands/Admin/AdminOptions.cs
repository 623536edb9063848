using System.CommandLine;

namespace Gateway.Commands.Admin;

/// <summary>Where the Admin API is and who asks it: what every command that calls it has in common.</summary>
internal sealed class AdminOptions
{
    /// <summary>As the control plane itself names its first administrator's token. Never an argument: others on the machine read those.</summary>
    public const string TokenVariable = "GATEWAY_ADMIN_TOKEN";

    private const int LongestToken = 64 * 1024;

    private readonly Option<string> _url = new("--admin-url")
    {
        Description = "The control plane's Admin API",
        DefaultValueFactory = _ => "http://localhost:8001",
    };

    private readonly Option<string?> _tokenFile = new("--token-file") { Description = $"A file with the token to show, or - for standard input; without it {TokenVariable}, or the file that {TokenVariable}_FILE names" };

    private readonly Option<string?> _caFile = new("--ca-file") { Description = "PEM bundle of the CAs that an https Admin API's certificate must chain to; without it the system's" };

    public void AddTo(Command command)
    {
        command.Add(_url);
        command.Add(_tokenFile);
        command.Add(_caFile);
    }

    public bool IsUrlGiven(ParseResult parsed) => parsed.GetResult(_url) is { Implicit: false };

    /// <exception cref="CommandException">An option can't be what it is.</exception>
    public AdminAddress Read(ParseResult parsed)
    {
        var url = parsed.GetRequiredValue(_url);
        if (!Uri.TryCreate(url.EndsWith('/') ? url : url + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
        {
            throw new CommandException("--admin-url: not an address of an Admin API; allowed: http://HOST:PORT or https://HOST:PORT");
        }

        return new AdminAddress(address, ReadToken(parsed.GetValue(_tokenFile)), parsed.GetValue(_caFile));
    }

    private static string? ReadToken(string? file)
    {
        var (source, path) = file is not null ? ("--token-file", file) : ($"{TokenVariable}_FILE", Environment.GetEnvironmentVariable($"{TokenVariable}_FILE"));
        var token = file is null && Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } given ? given : string.IsNullOrEmpty(path) ? null : ReadFile(source, path);
        return token is null || token.All(letter => letter is > ' ' and <= '~')
            ? token
            : throw new CommandException($"{(file is null ? TokenVariable : source)}: not a token; allowed: letters, digits and signs, without spaces");
    }

    private static string ReadFile(string source, string path)
    {
        try
        {
            using var reader = path == "-" ? Console.In : new StreamReader(path);
            var buffer = new char[LongestToken];
            var token = new string(buffer, 0, reader.ReadBlock(buffer)).Trim();
            return token.Length > 0 ? token : throw new CommandException($"{source}: {path} is empty");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{source}: cannot read {path} ({problem.Message.TrimEnd('.')})");
        }
    }
}

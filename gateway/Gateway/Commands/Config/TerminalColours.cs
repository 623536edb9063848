namespace Gateway.Commands.Config;

/// <summary>Colours for readers of a terminal; nothing for files and pipes, nor where NO_COLOR asks for none (no-color.org).</summary>
internal readonly struct TerminalColours(bool enabled)
{
    public static TerminalColours OfOutput() => new(
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") is not "dumb");

    public string Green(string text) => Paint("32", text);

    public string Yellow(string text) => Paint("33", text);

    public string Red(string text) => Paint("31", text);

    public string Faint(string text) => Paint("2", text);

    private string Paint(string code, string text) => enabled ? $"\e[{code}m{text}\e[0m" : text;
}

using Gateway.Model.Declarative;

namespace Gateway.Commands.Config;

/// <summary>Finds and reads declarative files.</summary>
internal static class ConfigFiles
{
    private const string StandardInput = "-";

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <param name="paths">Files, and folders: of these every YAML and JSON file directly in them, in the order of their names. A dash is standard input.</param>
    /// <exception cref="CommandException">A file is missing, or no declarative file; the message has a line for each error.</exception>
    public static DeclarativeFiles Read(IReadOnlyList<FileSystemInfo> paths)
    {
        List<(string Name, string Text)> texts;
        try
        {
            texts = [.. paths.SelectMany(Expand).Select(file => (file, file is StandardInput ? Console.In.ReadToEnd() : File.ReadAllText(file)))];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(problem.Message.TrimEnd('.'));
        }

        var files = DeclarativeFiles.Read(texts, Environment.GetEnvironmentVariable);
        return files.Errors.Count is 0 ? files : throw new ConfigErrors(files.Errors);
    }

    private static IReadOnlyList<string> Expand(FileSystemInfo path)
    {
        if (path.ToString() is StandardInput)
        {
            return [StandardInput];
        }

        if (!Directory.Exists(path.FullName))
        {
            return File.Exists(path.FullName) ? [path.ToString()] : throw new CommandException($"{path}: no such file or folder");
        }

        // Not what is hidden, nor in folders below: a ConfigMap's volume keeps its files' versions there.
        var files = Directory.GetFiles(path.ToString())
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase) && !Path.GetFileName(file).StartsWith('.'))
            .Order(StringComparer.Ordinal)
            .ToList();
        return files.Count > 0 ? files : throw new CommandException($"{path}: there is no declarative file in it; allowed: files that end in {string.Join(", ", Extensions)}");
    }
}

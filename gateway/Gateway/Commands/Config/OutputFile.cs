using System.Text;

namespace Gateway.Commands.Config;

/// <summary>Writes what <c>-o</c> names.</summary>
internal static class OutputFile
{
    /// <summary>Whole or not at all: what stops halfway must not take the place of the last one.</summary>
    /// <param name="isPrivate">For its owner alone.</param>
    /// <exception cref="CommandException">It can't be written.</exception>
    public static async Task WriteAsync(FileInfo path, string text, bool isPrivate, CancellationToken cancellationToken)
    {
        var temporary = path.FullName + ".new";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (isPrivate && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            File.Delete(temporary);
            await using (var writer = new StreamWriter(temporary, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options))
            {
                await writer.WriteAsync(text.AsMemory(), cancellationToken);
            }

            File.Move(temporary, path.FullName, overwrite: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--output: {problem.Message.TrimEnd('.')}");
        }
    }
}

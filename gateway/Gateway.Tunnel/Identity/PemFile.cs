namespace Gateway.Tunnel.Identity;

internal static class PemFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Public = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Replaces the file in one step; the mode holds from the first byte on.</summary>
    public static void Write(string path, string pem, bool isPrivate)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = isPrivate ? Private : Public;
        }

        try
        {
            using (var writer = new StreamWriter(temporary, options))
            {
                writer.Write(pem);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}

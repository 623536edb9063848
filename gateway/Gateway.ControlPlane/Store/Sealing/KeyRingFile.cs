using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gateway.ControlPlane.Store.Sealing;

/// <summary>
/// The key ring on disk: <c>{"active": "ID", "keys": {"ID": "32 bytes in Base64"}}</c>. To rotate, add a key, make it active, restart, and seal anew (<see cref="StoreKeys"/>); the old one
/// stays until nothing is sealed under it.
/// </summary>
public static partial class KeyRingFile
{
    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode OthersMayRead = UnixFileMode.OtherRead;

    /// <summary>Writes a new ring with one random key, readable by its owner only.</summary>
    /// <exception cref="IOException">The file exists already: a ring is never overwritten, since what it sealed would be lost.</exception>
    public static void Create(string path)
    {
        var id = $"k{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var key = RandomNumberGenerator.GetBytes(KeyRing.KeySize);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        using var writer = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("active", id);
        writer.WriteStartObject("keys");
        writer.WriteBase64String(id, key);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        CryptographicOperations.ZeroMemory(key);
    }

    /// <exception cref="StartRefusedException">The file is missing, malformed, or others may write to it.</exception>
    internal static KeyRing Read(string path, out bool readableByOthers)
    {
        byte[] content;
        try
        {
            readableByOthers = false;
            if (!OperatingSystem.IsWindows())
            {
                var mode = File.GetUnixFileMode(path);
                if ((mode & OthersMayWrite) != UnixFileMode.None)
                {
                    throw new StartRefusedException($"the key ring {path} can be written by its group or by others; allowed: mode 0600 or 0440");
                }

                readableByOthers = (mode & OthersMayRead) != UnixFileMode.None;
            }

            content = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"the key ring {path} can't be read: {exception.Message}", exception);
        }

        try
        {
            return Parse(path, content);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static KeyRing Parse(string path, byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var key in document.RootElement.GetProperty("keys").EnumerateObject())
            {
                if (!KeyId().IsMatch(key.Name))
                {
                    throw new StartRefusedException($"the key ring {path} has a key with an invalid id; allowed: 1 to 32 of a-z, A-Z, 0-9, _ and -");
                }

                if (!key.Value.TryGetBytesFromBase64(out var bytes) || bytes.Length != KeyRing.KeySize)
                {
                    throw new StartRefusedException($"the key ring {path}: key {key.Name} is not {KeyRing.KeySize} bytes in Base64");
                }

                keys.Add(key.Name, bytes);
            }

            var active = document.RootElement.GetProperty("active").GetString();
            return active is not null && keys.ContainsKey(active)
                ? new KeyRing(active, keys)
                : throw new StartRefusedException($"the key ring {path}: active names none of its keys");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
#pragma warning disable MA0054 // Without the inner exception: a parser may quote what it could not read.
            throw new StartRefusedException($"the key ring {path} is malformed; allowed: {{\"active\": \"ID\", \"keys\": {{\"ID\": \"32 bytes in Base64\"}}}}");
#pragma warning restore MA0054
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,32}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex KeyId();
}

using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Tunnel.Identity;

namespace Gateway.Tunnel.Cache;

/// <summary>
/// The keys under which each cache file's own random data key is wrapped. The file is <c>{"active": "ID", "keys": {"ID": "BASE64 of 32 bytes", …}}</c>:
/// the active key is for writing, all are for reading. To rotate, add a key, make it active, restart, and drop the old one when each process has written.
/// </summary>
public sealed class CacheKeyRing
{
    private const int KeySize = 32;
    private const int MaximumIdLength = 64;
    private readonly IReadOnlyDictionary<string, byte[]> _keys;

    private CacheKeyRing(string activeId, IReadOnlyDictionary<string, byte[]> keys) => (ActiveId, _keys) = (activeId, keys);

    public string ActiveId { get; }

    internal byte[] Active => _keys[ActiveId];

    /// <exception cref="CacheException">The file cannot be read or is not a key file.</exception>
    public static CacheKeyRing Load(string path)
    {
        byte[] json;
        try
        {
            json = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CacheException($"key file {path} cannot be read: {error.Message}");
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(path, document.RootElement);
        }
        catch (JsonException)
        {
            // Its message may quote the input.
            throw Malformed(path, "it is not JSON");
        }
    }

    /// <summary>Writes a key file with one new random key, readable by its owner only.</summary>
    /// <param name="id">1 to 64 characters.</param>
    public static void Create(string path, string id) =>
        Write(path, id, new Dictionary<string, byte[]>(StringComparer.Ordinal) { [id] = RandomNumberGenerator.GetBytes(KeySize) });

    /// <summary>Writes the file with a further, active key.</summary>
    public void Rotate(string path, string id) =>
        Write(path, id, new Dictionary<string, byte[]>(_keys, StringComparer.Ordinal) { [id] = RandomNumberGenerator.GetBytes(KeySize) });

    internal byte[]? Find(string id) => _keys.GetValueOrDefault(id);

    private static CacheKeyRing Read(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("active", out var active) || active.ValueKind != JsonValueKind.String
            || !root.TryGetProperty("keys", out var entries) || entries.ValueKind != JsonValueKind.Object)
        {
            throw Malformed(path, "active or keys is missing");
        }

        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in entries.EnumerateObject())
        {
            if (entry.Name.Length is 0 or > MaximumIdLength)
            {
                throw Malformed(path, $"a key's id is empty or longer than {MaximumIdLength} characters");
            }

            if (entry.Value.ValueKind != JsonValueKind.String || !entry.Value.TryGetBytesFromBase64(out var key) || key.Length != KeySize)
            {
                throw Malformed(path, $"keys.{entry.Name} is not the Base64 of {KeySize} bytes");
            }

            keys[entry.Name] = key;
        }

        var id = active.GetString()!;
        return keys.ContainsKey(id) ? new CacheKeyRing(id, keys) : throw Malformed(path, "active names none of the keys");
    }

    private static void Write(string path, string activeId, Dictionary<string, byte[]> keys)
    {
        if (activeId.Length is 0 or > MaximumIdLength)
        {
            throw new ArgumentException($"a key's id has 1 to {MaximumIdLength} characters", nameof(activeId));
        }

        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("active", activeId);
            writer.WriteStartObject("keys");
            foreach (var (id, key) in keys)
            {
                writer.WriteBase64String(id, key);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        PrivateFile.Write(path, json.ToArray(), isPrivate: true);
    }

    private static CacheException Malformed(string path, string problem) =>
        new($"key file {path}: {problem} (allowed: {{\"active\": \"ID\", \"keys\": {{\"ID\": \"BASE64 of {KeySize} bytes\"}}}})");
}

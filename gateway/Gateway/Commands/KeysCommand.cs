using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Commands;

/// <summary><c>gateway keys</c>: the key files that <c>KEYRING_FILE</c> and <c>CLUSTER_CACHE_KEY_FILE</c> name.</summary>
internal static class KeysCommand
{
    private const int KeySize = 32;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("file") { Description = "Key files, one or more", Arity = ArgumentArity.OneOrMore };
        var init = new Command("init", "Make key files with one random key each; a file that is there is left as it is") { files };
        init.SetAction(parsed =>
        {
            foreach (var file in parsed.GetRequiredValue(files).Where(file => !file.Exists))
            {
                Write(file, NewRing(), overwrite: false);
                Console.WriteLine($"made {file}");
            }
        });

        var one = new Argument<FileInfo>("file") { Description = "Key file" };
        var add = new Command("add", "Add a random key and make it the active one; the older ones go on opening what they sealed") { one };
        add.SetAction(parsed =>
        {
            var file = parsed.GetRequiredValue(one);
            Write(file, WithNewKey(file), overwrite: true);
            Console.WriteLine($"added a key to {file}");
        });

        return new Command("keys", "Make and rotate key files") { init, add };
    }

    private static JsonObject NewRing() => new() { ["active"] = "1", ["keys"] = new JsonObject { ["1"] = NewKey() } };

    private static JsonObject WithNewKey(FileInfo file)
    {
        JsonObject ring;
        try
        {
            ring = JsonNode.Parse(File.ReadAllText(file.FullName))!.AsObject();
        }
        catch (Exception problem) when (problem is IOException or JsonException or InvalidOperationException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} is not a key file ({problem.Message.TrimEnd('.')})");
        }

        if (ring["keys"] is not JsonObject keys)
        {
            throw new CommandException($"{file} is not a key file: 'keys' is missing");
        }

        var next = keys.Select(key => int.TryParse(key.Key, out var number) ? number : 0).DefaultIfEmpty().Max() + 1;
        keys[$"{next}"] = NewKey();
        ring["active"] = $"{next}";
        return ring;
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeySize));

    // Readable by the owner alone from the first byte on, and never half-written.
    private static void Write(FileInfo file, JsonObject ring, bool overwrite)
    {
        try
        {
            file.Directory!.Create();
            var temporary = file.FullName + ".new";
            File.Delete(temporary);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var stream = new FileStream(temporary, options))
            {
                JsonSerializer.Serialize(stream, ring, Indented);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, file.FullName, overwrite);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"cannot write {file} ({problem.Message.TrimEnd('.')})");
        }
    }
}

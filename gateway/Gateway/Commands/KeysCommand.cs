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
        var standby = new Option<bool>("--standby") { Description = "Leave the active key as it is: first every replica gets the new key, then it becomes active (keys use)" };
        var add = new Command("add", "Add a random key and make it the active one; the older ones go on opening what they sealed") { one, standby };
        add.SetAction(parsed =>
        {
            var file = parsed.GetRequiredValue(one);
            Write(file, WithNewKey(file, parsed.GetValue(standby)), overwrite: true);
            Console.WriteLine($"added a key to {file}");
        });

        var id = new Argument<string>("id") { Description = "Id of a key in the file" };
        var use = new Command("use", "Make a key of the file the active one, which seals") { one, id };
        use.SetAction(parsed =>
        {
            var (file, key) = (parsed.GetRequiredValue(one), parsed.GetRequiredValue(id));
            var ring = Read(file);
            ring["active"] = ring["keys"]!.AsObject().ContainsKey(key) ? key : throw new CommandException($"{file} has no key '{key}'");
            Write(file, ring, overwrite: true);
            Console.WriteLine($"key {key} of {file} seals");
        });

        var remove = new Command("remove", "Remove a key that is not the active one; what is still sealed under it stays closed (gateway keyring status says what)") { one, id };
        remove.SetAction(parsed =>
        {
            var (file, key) = (parsed.GetRequiredValue(one), parsed.GetRequiredValue(id));
            var ring = Read(file);
            if ((string?)ring["active"] == key)
            {
                throw new CommandException($"key '{key}' of {file} is the active one");
            }

            if (!ring["keys"]!.AsObject().Remove(key))
            {
                throw new CommandException($"{file} has no key '{key}'");
            }

            Write(file, ring, overwrite: true);
            Console.WriteLine($"removed key {key} from {file}");
        });

        return new Command("keys", "Make and rotate key files") { init, add, use, remove };
    }

    private static JsonObject NewRing() => new() { ["active"] = "1", ["keys"] = new JsonObject { ["1"] = NewKey() } };

    private static JsonObject WithNewKey(FileInfo file, bool standby)
    {
        var ring = Read(file);
        var keys = ring["keys"]!.AsObject();
        var next = keys.Select(key => int.TryParse(key.Key, out var number) ? number : 0).DefaultIfEmpty().Max() + 1;
        keys[$"{next}"] = NewKey();
        if (!standby)
        {
            ring["active"] = $"{next}";
        }

        return ring;
    }

    private static JsonObject Read(FileInfo file)
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

        return ring["keys"] is JsonObject ? ring : throw new CommandException($"{file} is not a key file: 'keys' is missing");
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

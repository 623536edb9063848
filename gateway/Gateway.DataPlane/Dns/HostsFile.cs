using System.Collections.Frozen;
using System.Net;

namespace Gateway.DataPlane.Dns;

/// <summary>The addresses that <c>hosts(5)</c> gives names, read again when the file changes.</summary>
internal sealed class HostsFile(string path)
{
    private static readonly FrozenDictionary<string, IPAddress[]> Nothing = FrozenDictionary<string, IPAddress[]>.Empty;

    private volatile Content _content = new(DateTime.MinValue, Nothing);

    /// <summary>Empty where the file does not name it. IPv4 first.</summary>
    public IReadOnlyList<IPAddress> Find(string name) => Current().GetValueOrDefault(name.TrimEnd('.'), []);

    public static FrozenDictionary<string, IPAddress[]> Parse(string text)
    {
        var names = new Dictionary<string, List<IPAddress>>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split('#')[0].Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || !IPAddress.TryParse(words[0], out var address))
            {
                continue;
            }

            foreach (var name in words.Skip(1))
            {
                if (!names.TryGetValue(name, out var addresses))
                {
                    names.Add(name, addresses = []);
                }

                if (!addresses.Contains(address))
                {
                    addresses.Add(address);
                }
            }
        }

        return names.ToFrozenDictionary(
            static name => name.Key,
            static name => name.Value.OrderBy(static address => address.AddressFamily).ToArray(),
            StringComparer.OrdinalIgnoreCase);
    }

    private FrozenDictionary<string, IPAddress[]> Current()
    {
        try
        {
            // A file that is not there has a time as well: that of the beginning.
            var written = File.GetLastWriteTimeUtc(path);
            if (written != _content.Written)
            {
                _content = new Content(written, File.Exists(path) ? Parse(File.ReadAllText(path)) : Nothing);
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // In the middle of being replaced, or not ours to read: what was known holds.
            return _content.Names;
        }

        return _content.Names;
    }

    private sealed record Content(DateTime Written, FrozenDictionary<string, IPAddress[]> Names);
}

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Hybrid.Infra.Validation;

namespace Hybrid.Infra.Gateway;

/// <summary>Declarative files of the clone, for a job to synchronise. What their entities may be is the gateway's to say.</summary>
public sealed record DeclarativeFolder
{
    /// <summary>What a ConfigMap holds (Kubernetes: 1 MiB with its own fields).</summary>
    private const int LargestContent = 1000 * 1024;

    private static readonly string[] Extensions = [".yaml", ".yml", ".json"];

    /// <summary>By their names.</summary>
    public required ImmutableSortedDictionary<string, string> Files { get; init; }

    /// <summary>Of names and contents: changes with them and with nothing else.</summary>
    public required string Digest { get; init; }

    /// <param name="repository">The folder of <c>Pulumi.yaml</c>.</param>
    /// <param name="folder">Relative to <paramref name="repository"/>, with slashes, such as <c>stacks/base/dev</c>.</param>
    /// <param name="field">How the folder is called in an error.</param>
    public static DeclarativeFolder In(string repository, string folder, string field)
    {
        string[] steps = folder.Split('/');
        Check.That(!Path.IsPathRooted(folder) && !steps.Contains("..", StringComparer.Ordinal), field, $"'{folder}' is outside of the repository", "a folder in it, such as stacks/base/dev");
        var path = Path.Combine([repository, .. steps]);
        Check.That(Directory.Exists(path), field, $"there is no folder '{folder}'", "a folder of the repository with declarative files");
        var files = Directory.GetFiles(path)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal))
            .ToImmutableSortedDictionary(file => Path.GetFileName(file), ReadText, StringComparer.Ordinal);
        Check.That(!files.IsEmpty, field, $"there is no declarative file in '{folder}'", $"files that end in {string.Join(", ", Extensions)}");
        var size = files.Sum(file => Encoding.UTF8.GetByteCount(file.Value));
        Check.That(size <= LargestContent, field, $"the {size} bytes of '{folder}' do not fit into a ConfigMap", $"{LargestContent} bytes; `gateway config sync` takes more from elsewhere");
        return new DeclarativeFolder { Files = files, Digest = DigestOf(files) };
    }

    // A clone on Windows must not look like a change.
    private static string ReadText(string file) => File.ReadAllText(file).ReplaceLineEndings("\n");

    private static string DigestOf(ImmutableSortedDictionary<string, string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, text) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name.Length}:{name}{text.Length}:{text}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..10];
    }
}

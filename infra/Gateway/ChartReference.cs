using System.Security.Cryptography;
using System.Text;

namespace Hybrid.Infra.Gateway;

/// <summary>
/// The chart in this repository. Its path is relative to the folder of the program, so that a state says the same on every machine; its digest is part of
/// the release, since a release with a local chart does not notice changed templates by itself.
/// </summary>
public sealed record ChartReference
{
    /// <summary>From <c>stacks</c>, the program's folder, where Pulumi starts it.</summary>
    public const string RelativePath = "../gateway/chart";

    public required string Path { get; init; }

    public required string Digest { get; init; }

    /// <param name="repository">The folder of <c>Pulumi.yaml</c>.</param>
    public static ChartReference In(string repository)
    {
        var folder = System.IO.Path.Combine(repository, "gateway", "chart");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/') + "\n"));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return new ChartReference { Path = RelativePath, Digest = Convert.ToHexStringLower(hash.GetHashAndReset())[..16] };
    }
}

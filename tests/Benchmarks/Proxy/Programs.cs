namespace Hybrid.Benchmarks.Proxy;

/// <summary>Programs that have to be installed.</summary>
internal static class Programs
{
    private static readonly Dictionary<string, string> DebianPackages = new(StringComparer.Ordinal)
    {
        ["nginx"] = "nginx libnginx-mod-http-lua",
        ["wrk"] = "wrk",
        ["h2load"] = "nghttp2-client",
        ["haproxy"] = "haproxy",
        ["caddy"] = "caddy",
        ["redis-server"] = "redis-server lua-nginx-redis",
    };

    /// <summary>Null where it is not on the path.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <exception cref="BenchmarkException">One is missing.</exception>
    public static void Require(params IReadOnlyList<string> names)
    {
        var missing = names.Where(name => Find(name) is null).ToList();
        if (missing.Count > 0)
        {
            throw new BenchmarkException($"{string.Join(", ", missing)} not found on PATH: install {string.Join(' ', missing.Select(name => DebianPackages[name]))} (Debian's package names)");
        }
    }
}

using System.Text;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Routing;
using Gateway.Model;
using Gateway.Model.Entities;
using Microsoft.AspNetCore.Http;

namespace Hybrid.Fuzzing;

/// <summary>Of routes with plain prefixes the longest one that the path begins with is found, in whatever order they came and went. The input: paths of routes, line by line, and in the last line the request's.</summary>
internal static class RouterTarget
{
    private const int MaximumRoutes = 64;

    public static string? Check(byte[] input)
    {
        var lines = Encoding.Latin1.GetString([.. input.Where(value => value is (byte)'\n' or (> 0x20 and < 0x7f and not (byte)'%'))]).Split('\n').Select(line => $"/{line}").ToList();
        var request = RequestPath.Normalize(lines[^1]);
        var paths = lines.SkipLast(1).Take(MaximumRoutes).Where(path => string.Equals(RequestPath.Normalize(path), path, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        var models = paths.Select(Compile).Where(model => model is not null).Select(model => model!).ToList();

        // Half of them go and come again.
        var half = models.Where((_, index) => index % 2 is 0).ToList();
        var router = Router.Empty.With([], models).With(half, []).With([], half);
        var expected = models.Select(model => model.Entity.Paths![0]).Where(path => request.StartsWith(path, StringComparison.Ordinal)).MaxBy(path => path.Length);
        var found = router.TryMatch(new RouteRequest { Method = "GET", Host = "a", Port = 80, Path = request.AsMemory(), IsTls = false, Headers = new HeaderDictionary() }, out var match)
            ? match.Route.Entity.Paths![0]
            : null;
        return string.Equals(found, expected, StringComparison.Ordinal) ? null : $"{request}: found {found}, should be {expected} among {string.Join(' ', paths)}";
    }

    private static RouteModel? Compile(string path) => RouteCompiler.Compile(new Route { Id = Guid.NewGuid(), Paths = [path] }, new List<ModelError>());
}

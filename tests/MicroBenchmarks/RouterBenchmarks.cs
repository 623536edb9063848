using BenchmarkDotNet.Attributes;
using Gateway.DataPlane.Model;
using Gateway.DataPlane.Routing;
using Gateway.Model;
using Gateway.Model.Entities;
using Microsoft.AspNetCore.Http;

namespace Hybrid.MicroBenchmarks;

/// <summary>Matching and changing among random prefixes, by how many there are.</summary>
[MemoryDiagnoser]
public class RouterBenchmarks
{
    private const int Sample = 1024;

    private readonly HeaderDictionary _headers = [];
    private Router _router = Router.Empty;
    private ReadOnlyMemory<char>[] _paths = [];
    private RouteModel _one = null!;
    private int _next;

    [Params(1, 10_000, 100_000)]
    public int Routes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var models = Enumerable.Range(0, Routes).Select(_ => Compile($"/{Word(random)}/{Word(random)}")).ToList();
        _router = Router.Empty.With([], models);
        _paths = [.. Enumerable.Range(0, Sample).Select(_ => $"{models[random.Next(Routes)].Entity.Paths![0]}/{Word(random)}".AsMemory())];
        _one = Compile("/one/more");
    }

    [Benchmark]
    public bool Match() => _router.TryMatch(
        new RouteRequest { Method = "GET", Host = "api.example.com", Port = 80, Path = RequestPath.Normalize(_paths[_next++ % Sample]), IsTls = false, Headers = _headers }, out _);

    /// <summary>Its cost must not follow the number of routes.</summary>
    [Benchmark]
    public object AddRoute() => _router.With([], [_one]);

    private static RouteModel Compile(string path) => RouteCompiler.Compile(new Route { Id = Guid.NewGuid(), Paths = [path] }, new List<ModelError>())!;

    private static string Word(Random random) => string.Create(random.Next(3, 12), random, static (text, source) =>
    {
        foreach (ref var letter in text)
        {
            letter = (char)('a' + source.Next(26));
        }
    });
}

using System.Text.RegularExpressions;
using Hybrid.Testing;

namespace Architecture.Tests;

/// <summary>Rules that hold for every source file of the products.</summary>
public sealed partial class RepositoryHygieneTests
{
    [Fact]
    public void No_source_waits_by_sleeping_or_swallows_every_exception()
    {
        Assert.Empty(Offending(SleepOrSwallow()));
    }

    [Fact]
    public void No_source_has_a_todo_or_an_unimplemented_member()
    {
        Assert.Empty(Offending(Unfinished()));
    }

    [Fact]
    public void Files_have_at_most_400_lines()
    {
        Assert.Empty(Sources().Where(file => File.ReadLines(file).Count() > 400).Select(file => Path.GetRelativePath(Repository.Root, file)));
    }

    private static IEnumerable<string> Offending(Regex rule) =>
        Sources().Where(file => rule.IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Repository.Root, file));

    private static IEnumerable<string> Sources() =>
        new[] { "gateway", "infra", "stacks" }
            .SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !IsGenerated().IsMatch(file));

    [GeneratedRegex(@"Thread\.Sleep\(|catch( \(Exception\))?\s*\{\s*\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SleepOrSwallow();

    [GeneratedRegex(@"NotImplementedException|//\s*(TODO|FIXME|HACK)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"[\\/](obj|bin|Generated|Migrations)[\\/]|\.g\.cs$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IsGenerated();
}

using Hybrid.Fuzzing;

namespace Gateway.DataPlane.Tests.Fuzzing;

/// <summary>What fuzzing once found, or begins with, and some changed inputs: <c>./hybrid fuzz</c> tries more.</summary>
public sealed class FuzzCorpusTests
{
    private const int Mutations = 3_000;

    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void What_strangers_send_is_read_without_a_surprise(string name)
    {
        var target = FuzzTarget.All.Single(target => target.Name == name);
        var corpus = Fuzzer.Corpus(name);
        var mutator = new Mutator(corpus, new Random(1));

        Assert.NotEmpty(corpus);
        foreach (var input in corpus.Concat(Enumerable.Range(0, Mutations).Select(_ => mutator.Next())))
        {
            Assert.True(target.Run(input) is null, $"{target.Run(input)}; the input in base64: {Convert.ToBase64String(input)}");
        }
    }
}

using System.Text;
using CsCheck;
using Gateway.Plugins.GraphQL;
using Gateway.Plugins.GraphQLLimits;

namespace Gateway.Plugins.Tests.GraphQL;

public sealed class GraphQLOperationTests
{
    private const int Far = 60;

    [Theory]
    [InlineData("{a")]
    [InlineData("{a(b:[")]
    [InlineData("{...{")]
    [InlineData("query($a:[")]
    [InlineData("{a(b:{c:")]
    public void A_document_that_is_nested_without_end_is_refused_and_not_followed(string piece)
    {
        var query = string.Concat(Enumerable.Repeat(piece, 100_000));

        Assert.Null(Parse(query, out var status));
        Assert.Equal(400, status);
    }

    [Fact]
    public void Fragments_that_double_each_other_are_measured_in_the_time_that_reading_them_takes()
    {
        var query = new StringBuilder("{...F0}");
        for (var i = 0; i < Far; i++)
        {
            query.Append($" fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} a: x {{ ...F{i + 1} }} }}");
        }

        query.Append($" fragment F{Far} on Query {{ leaf: x }}");

        var size = QueryMeasure.Of(Parse(query.ToString(), out _)!);

        Assert.Equal(Far + 1, size.Depth);
        Assert.Equal(1_000_000_000, size.Aliases);
    }

    [Fact]
    public void A_chain_of_fragments_needs_no_stack()
    {
        const int Links = 30_000;
        var query = new StringBuilder("{...F0}");
        for (var i = 0; i < Links; i++)
        {
            query.Append($" fragment F{i} on Q{{x{{...F{i + 1}}}}}");
        }

        query.Append($" fragment F{Links} on Q{{x}}");

        Assert.Equal(Links + 1, QueryMeasure.Of(Parse(query.ToString(), out _)!).Depth);
    }

    /// <summary>Documents of random pieces of the language: whatever they are, they are measured or refused.</summary>
    [Fact]
    public void No_document_is_too_strange_to_be_measured_or_refused()
    {
        string[] pieces =
        [
            "{", "}", "(", ")", "[", "]", ":", "$", "!", "@", "...", "a", "b", "on", "query", "mutation", "fragment", "A", "B", "1", "-1.5e3", "\"s\"", "\"\"\"", "#c\n", " ", "\\", "é", "\u0000", "&", "|", "=",
        ];
        Gen.Int[0, pieces.Length - 1].Array[0, 40].Sample(
            chosen =>
            {
                var query = string.Join(' ', chosen.Select(index => pieces[index]));
                var operation = Parse(query, out var status);
                if (operation is null)
                {
                    Assert.Equal(400, status);
                    return;
                }

                Assert.True(QueryMeasure.Of(operation).Depth >= 0);
            },
            iter: 20_000);
    }

    /// <summary>A tree of fields, some of them through fragments, has the size that counting its fields one by one says.</summary>
    [Fact]
    public void Any_tree_is_as_deep_and_has_as_many_aliases_as_its_fields_say()
    {
        Gen.Int[0, 100_000].Sample(
            seed =>
            {
                var random = new Random(seed);
                var fragments = new StringBuilder();
                var names = 0;
                var text = Tree(random, left: 5, fragments, ref names, out var depth, out var aliases);

                var size = QueryMeasure.Of(Parse($"{{{text}}} {fragments}", out _)!);

                Assert.Equal((depth, aliases), (size.Depth, size.Aliases));
            },
            iter: 500);
    }

    private static string Tree(Random random, int left, StringBuilder fragments, ref int names, out int depth, out int aliases)
    {
        var text = new StringBuilder();
        (depth, aliases) = (1, 0);
        text.Append('f');
        for (var i = random.Next(0, 4); i > 0 && left > 0; i--)
        {
            var inner = Tree(random, left - 1, fragments, ref names, out var innerDepth, out var innerAliases);
            depth = Math.Max(depth, innerDepth + 1);
            aliases += innerAliases;
            switch (random.Next(4))
            {
                case 0:
                    text.Append($" x: f {{ {inner} }}");
                    aliases++;
                    break;
                case 1:
                    text.Append($" f {{ ... on T {{ {inner} }} }}");
                    break;
                case 2:
                    text.Append($" f {{ ...F{names} }}");
                    fragments.Append($" fragment F{names++} on T {{ {inner} }}");
                    break;
                default:
                    text.Append($" f {{ {inner} }}");
                    break;
            }
        }

        return text.ToString();
    }

    private static GraphQLOperation? Parse(string query, out int? status)
    {
        var operation = GraphQLOperation.Parse(new GraphQLCall(query, null, default), out var refusal);
        status = refusal?.Status;
        return operation;
    }
}

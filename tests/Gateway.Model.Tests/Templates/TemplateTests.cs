using Gateway.Model.Templates;

namespace Gateway.Model.Tests.Templates;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("$(headers.host)", "[headers host]")]
    [InlineData("a$(headers.x)b$(query_params.y)c", "a[headers x]b[query_params y]c")]
    [InlineData("$(headers[\"x-y\"])", "[headers x-y]")]
    [InlineData("$( uri_captures[1] )", "[uri_captures 1]")]
    [InlineData("$(uri_captures['name'])", "[uri_captures name]")]
    [InlineData("$(headers.missing)", "")]
    [InlineData("$(headers.missing or 'none')", "none")]
    [InlineData("$(headers.missing or query_params.missing or \"none\")", "none")]
    [InlineData("$(headers.missing or nil)", "")]
    [InlineData("$(headers.x or 'none')", "[headers x]")]
    [InlineData("$('Bearer ' .. headers.token)", "Bearer [headers token]")]
    [InlineData("$('a' .. (headers.missing or 'b') .. 3)", "ab3")]
    [InlineData("$('it\\'s (')", "it's (")]
    [InlineData("$(shared.order)", "[shared order]")]
    [InlineData("costs 5$", "costs 5$")]
    [InlineData("$x", "$x")]
    public void An_expression_looks_things_up(string text, string expected)
    {
        Assert.True(Template.TryParse(text, out var template, out var problem), problem);
        Assert.Equal(expected, template.Render(new Scope()));
    }

    [Theory]
    [InlineData("$(kong.client.get_ip())", "'kong' is not supported in templates (allowed: headers, query_params, uri_captures, shared, consumer)")]
    [InlineData("$(function() return 1 end)", "'function' is not supported")]
    [InlineData("$(headers.x:upper())", "':' is not supported")]
    [InlineData("$(headers.x())", "function calls are not supported")]
    [InlineData("$(headers.x and 'a')", "'and' is not supported")]
    [InlineData("$(headers.x-y)", "'-' is not supported")]
    [InlineData("$(headers)", "'headers' needs a key")]
    [InlineData("$(headers.x", "')' is missing")]
    [InlineData("$()", "')' is not supported")]
    [InlineData("$('a)", "the closing ' is missing")]
    [InlineData("$('\\n')", "the escape '\\n' is not supported")]
    public void What_is_more_of_Lua_is_refused_by_name(string text, string problem)
    {
        Assert.False(Template.TryParse(text, out _, out var found));
        Assert.StartsWith(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Assert.False(Template.TryParse("$" + new string('(', 100_000), out _, out _));

    [Theory]
    [InlineData("plain", false)]
    [InlineData("$(headers.x)", true)]
    public void Texts_that_are_the_same_for_all_are_known(string text, bool dynamic)
    {
        Assert.True(Template.TryParse(text, out var template, out _));
        Assert.Equal(dynamic, template.IsDynamic);
    }

    private sealed class Scope : ITemplateScope
    {
        public string? Find(string source, string key) => key == "missing" ? null : $"[{source} {key}]";
    }
}

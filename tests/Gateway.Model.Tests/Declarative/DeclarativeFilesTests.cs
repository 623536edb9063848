using Gateway.Model.Declarative;

namespace Gateway.Model.Tests.Declarative;

public sealed class DeclarativeFilesTests
{
    private const string First = """
        _format_version: "3.0"
        _comment: one
        services: [{name: a, host: a.test}, {name: b, host: b.test}]
        """;

    [Fact]
    public void Files_are_one_configuration_in_which_they_refer_to_each_other()
    {
        var files = DeclarativeFiles.Read([("a.yaml", First), ("b.json", """{"_format_version": 3.0, "routes": [{"name": "r", "paths": ["/r"], "service": "b"}]}""")]);

        Assert.Empty(files.Errors);
        var loaded = DeclarativeLoader.Load(files.Text, TimeProvider.System);
        Assert.Empty(loaded.Errors);
        Assert.Equal(["a", "b", "r"], loaded.Entities.Select(entity => (string?)entity.Entity["name"]));
    }

    [Fact]
    public void An_error_is_led_back_to_its_file()
    {
        var files = DeclarativeFiles.Read([("a.yaml", First), ("b.yaml", "{_format_version: '3.0', services: [{name: a, host: x.test, port: 70000, routes: [{}, {paths: [a]}]}]}")]);

        var errors = DeclarativeLoader.Load(files.Text, TimeProvider.System).Errors.Select(files.Locate).ToList();

        Assert.Contains(errors, error => error.Field == "b.yaml: services[0].port");
        Assert.Contains(errors, error => error.Field.StartsWith("b.yaml: services[0].routes[1].paths", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Field == "b.yaml: services[0]" && error.Problem == "the same entity as a.yaml: services[0]");
    }

    [Theory]
    [InlineData("a.yaml: _format_version: required field missing (allowed: 3.0, 2.1, 1.1)", "services: []")]
    [InlineData("a.yaml: services: expected an array", "{_format_version: '3.0', services: {name: a}}")]
    [InlineData("a.yaml: expected a declarative configuration (allowed: a map with _format_version)", "- services")]
    [InlineData("a.yaml: _info.select_tags: expected an array of strings", "{_format_version: '3.0', _info: {select_tags: base}}")]
    public void A_file_that_is_no_configuration_is_refused_by_name(string expected, string text) =>
        Assert.Equal(expected, Assert.Single(DeclarativeFiles.Read([("a.yaml", text)]).Errors).ToString());

    [Fact]
    public void Broken_YAML_is_refused_with_its_line() =>
        Assert.StartsWith("a.yaml: line 3, column ", Assert.Single(DeclarativeFiles.Read([("a.yaml", "services:\n  - [")]).Errors).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Files_must_agree_on_their_format() => Assert.Equal(
        "b.yaml: _format_version: is not what a.yaml says (allowed: the same in all files)",
        Assert.Single(DeclarativeFiles.Read([("a.yaml", First), ("b.yaml", "_format_version: '2.1'")]).Errors).ToString());

    [Fact]
    public void What_the_files_own_may_stand_in_them() =>
        Assert.Equal(["base", "prod"], DeclarativeFiles.Read([("a.yaml", "{_format_version: '3.0', _info: {select_tags: [base, prod]}}")]).SelectTags);
}

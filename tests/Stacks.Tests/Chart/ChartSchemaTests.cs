using Hybrid.Stacks.Chart;
using Hybrid.Testing;

namespace Hybrid.Stacks.Tests.Chart;

public sealed class ChartSchemaTests
{
    [Fact]
    public void The_charts_schema_is_what_the_settings_contract_says()
    {
        var chart = Repository.PathOf("gateway", "chart");
        var expected = ChartSchema.Write(File.ReadAllText(Path.Combine(chart, "values.yaml")));
        Assert.True(
            string.Equals(expected, File.ReadAllText(Path.Combine(chart, ChartSchema.FileName)), StringComparison.Ordinal),
            "gateway/chart/values.schema.json is out of date: run ./hybrid chart-schema");
    }
}

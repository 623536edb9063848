using System.CommandLine;
using Hybrid.Stacks.Layers;

namespace Hybrid.Stacks.Chart;

/// <summary><c>hybrid chart-schema</c>: writes the chart's schema anew, after a change of the settings contract or of the chart's values.</summary>
internal static class ChartSchemaCommand
{
    public static Command Create()
    {
        var command = new Command("chart-schema", "Write gateway/chart/values.schema.json from the settings contract and the chart's defaults");
        command.SetAction(async (_, cancellationToken) =>
        {
            var chart = Path.Combine(RepositoryFolder.Find(), "gateway", "chart");
            var schema = ChartSchema.Write(await File.ReadAllTextAsync(Path.Combine(chart, "values.yaml"), cancellationToken));
            await File.WriteAllTextAsync(Path.Combine(chart, ChartSchema.FileName), schema, cancellationToken);
            return 0;
        });
        return command;
    }
}

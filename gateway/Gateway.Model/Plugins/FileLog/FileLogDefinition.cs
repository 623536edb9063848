using Gateway.Model.Schemas;

namespace Gateway.Model.Plugins.FileLog;

internal static class FileLogDefinition
{
    public static PluginDefinition Create() => new PluginDefinition<FileLogConfig>
    {
        Name = "file-log",
        Version = "1.0.0",
        Priority = 9,
        Fields =
        [
            Field.Text("path") with { Required = true, Check = value => PathProblem(value.GetValue<string>()) },
            Field.Flag("reopen", false),
            Unsupported.Field("custom_fields_by_lua", FieldType.Map),
        ],
    };

    private static string? PathProblem(string path) =>
        path.Any(char.IsControl) || path.EndsWith('/') || path != path.Trim() ? "not a valid filename" : null;
}

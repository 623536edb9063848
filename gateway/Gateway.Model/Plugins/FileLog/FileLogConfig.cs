namespace Gateway.Model.Plugins.FileLog;

/// <summary>Kong's <c>file-log</c>: appends a record of each request, a line of JSON, to a file of the data plane.</summary>
public sealed record FileLogConfig
{
    public string Path { get; init; } = string.Empty;

    /// <summary>Kept for Kong's configurations: the file is opened for each batch of lines anyway, so that it can be moved away at any time.</summary>
    public bool Reopen { get; init; }
}

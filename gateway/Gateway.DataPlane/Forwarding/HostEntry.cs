namespace Gateway.DataPlane.Forwarding;

/// <summary>A host name that was asked for.</summary>
internal sealed class HostEntry(string name)
{
    private readonly Lock _gate = new();
    private volatile HostAnswer? _answer;
    private Task<HostAnswer>? _refresh;

    public string Name => name;

    /// <summary>Null before the first.</summary>
    public HostAnswer? Answer
    {
        get => _answer;
        set => _answer = value;
    }

    /// <summary>The refresh that is under way, or the one that <paramref name="start"/> begins.</summary>
    public Task<HostAnswer> RefreshOnce(Func<Task<HostAnswer>> start)
    {
        lock (_gate)
        {
            return _refresh is { IsCompleted: false } running ? running : _refresh = start();
        }
    }
}

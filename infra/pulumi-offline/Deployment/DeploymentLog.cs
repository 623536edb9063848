using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What the program logged. Errors fail the run; the rest has no reader without an engine.</summary>
internal sealed class DeploymentLog
{
    private readonly Lock _lock = new();
    private ImmutableArray<string> _errors = [];

    public ImmutableArray<string> Errors
    {
        get
        {
            lock (_lock)
            {
                return _errors;
            }
        }
    }

    public void Error(string message)
    {
        lock (_lock)
        {
            _errors = _errors.Add(message);
        }
    }

    public void Warn(string message) => System.Diagnostics.Debug.WriteLine(message, "warning");

    public void Info(string message) => System.Diagnostics.Debug.WriteLine(message, "info");
}

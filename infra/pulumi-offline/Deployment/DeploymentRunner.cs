namespace Pulumi;

/// <summary>Runs a stack until nothing is left to wait for, and reports every failure once.</summary>
internal sealed class DeploymentRunner(Deployment deployment)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Exception> _reported = [];
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The run itself counts, so that it cannot look idle before it began.
    private int _inFlight = 1;

    /// <summary>Resources and outputs are started and forgotten; here they are remembered.</summary>
    public void Watch(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return;
        }

        lock (_lock)
        {
            _inFlight++;
        }

        task.ContinueWith(Finish, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public async Task RunAsync(Func<Stack> createStack)
    {
        try
        {
            var stack = createStack();
            stack.RegisterPropertyOutputs();
            Watch(stack.Outputs.DataTask);
        }
        catch (Exception exception)
        {
            Report(exception);
        }

        Release();
        await _idle.Task;
    }

    private void Finish(Task task)
    {
        if (task.Exception is { } failure)
        {
            foreach (var exception in failure.InnerExceptions)
            {
                Report(exception);
            }
        }
        else if (task.IsCanceled)
        {
            Report(new TaskCanceledException(task));
        }

        Release();
    }

    private void Release()
    {
        lock (_lock)
        {
            if (--_inFlight > 0)
            {
                return;
            }
        }

        _idle.TrySetResult();
    }

    private void Report(Exception exception)
    {
        lock (_lock)
        {
            // One failure travels through every output that depends on it.
            if (!_reported.Add(exception))
            {
                return;
            }
        }

        deployment.Log.Error(exception switch
        {
            RunException => exception.Message,
            ResourceException { HideStack: true } => exception.Message,
            ResourceException => exception.ToString(),
            _ => $"Running program '{System.Reflection.Assembly.GetEntryAssembly()?.Location}' failed with an unhandled exception:\n{exception}",
        });
    }
}

using System.Runtime.CompilerServices;

namespace Gateway.DataPlane.Pipeline;

/// <summary>Awaited, it continues on a thread of the pool; without a cost where it is on one already.</summary>
internal readonly struct ThreadPoolHop : INotifyCompletion
{
    public bool IsCompleted => Thread.CurrentThread.IsThreadPoolThread;

    public ThreadPoolHop GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) =>
        ThreadPool.QueueUserWorkItem(static continuation => continuation(), continuation, preferLocal: false);
}

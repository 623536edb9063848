using Gateway.DataPlane.Model;

namespace Gateway.DataPlane.Balancing;

/// <summary>Chooses where a request goes. Called by many threads at once, on the request path: never waits, never allocates.</summary>
internal interface ILoadBalancer
{
    /// <summary>A target for one attempt, null where none can serve.</summary>
    /// <param name="failed">Targets that this request could not reach, to be avoided while there are others.</param>
    TargetModel? Pick(in FailedTargets failed);
}

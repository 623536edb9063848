namespace Pulumi;

/// <summary>Logs to the engine. An error makes the run fail.</summary>
public static class Log
{
    public static void Debug(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
        => Deployment.InternalInstance.Log.Info(message);

    public static void Info(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
        => Deployment.InternalInstance.Log.Info(message);

    public static void Warn(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
        => Deployment.InternalInstance.Log.Warn(message);

    public static void Error(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
        => Deployment.InternalInstance.Log.Error(message);

    public static void Exception(Exception exception, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
        => Error(exception.ToString(), resource, streamId, ephemeral);
}

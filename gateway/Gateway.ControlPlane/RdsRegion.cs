namespace Gateway.ControlPlane;

/// <summary>The region in the name of an RDS or Aurora endpoint: <c>NAME.ID.REGION.rds.amazonaws.com</c>, or <c>….amazonaws.com.cn</c>.</summary>
public static class RdsRegion
{
    /// <summary>Null where the host is no such name, as behind a CNAME.</summary>
    public static string? Of(string host)
    {
        var labels = host.TrimEnd('.').ToLowerInvariant().Split('.');
        var rds = Array.IndexOf(labels, "rds");
        return rds > 1 && labels[(rds + 1)..] is ["amazonaws", "com"] or ["amazonaws", "com", "cn"] ? labels[rds - 1] : null;
    }
}

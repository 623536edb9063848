namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>Requests served, and how many of them ended with a 5xx status.</summary>
internal sealed record RequestCounts(long Requests, long Errors)
{
    public static readonly RequestCounts None = new(0, 0);

    /// <summary>0 to 1; 0 where there were no requests.</summary>
    public double ErrorShare => Requests > 0 ? (double)Errors / Requests : 0;

    public RequestCounts Since(RequestCounts earlier) => new(Requests - earlier.Requests, Errors - earlier.Errors);
}

namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>When a stage is aborted by itself. A refusal by a staged site always aborts.</summary>
/// <param name="MaximumErrorRise">
/// By how much the staged sites' share of 5xx may rise over what it was before, as a part of all their requests: 0 to 1; 0.05 (five points) by default.
/// 1 leaves it to refusals.
/// </param>
/// <param name="MinimumRequests">Their share is not judged on fewer requests than this: 1 to 1,000,000; 50 by default.</param>
internal sealed record StageTerms(double MaximumErrorRise, int MinimumRequests)
{
    public static readonly StageTerms Default = new(0.05, 50);
}

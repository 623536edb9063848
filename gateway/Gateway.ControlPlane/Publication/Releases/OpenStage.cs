namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>The open stage, and how it stands.</summary>
/// <param name="Sites">The registered sites that have its labels now, in order.</param>
/// <param name="Instances">Their connected instances, by how they stand with the staged revision.</param>
/// <param name="Served">What they served since its revision was staged.</param>
internal sealed record OpenStage(
    long Revision,
    IReadOnlyDictionary<string, string> Labels,
    StageRecord Record,
    IReadOnlyList<string> Sites,
    IReadOnlyList<StagedInstance> Instances,
    RequestCounts Served)
{
    /// <summary>Why it should be aborted; null while nothing speaks against it.</summary>
    public string? Objection()
    {
        if (Instances.FirstOrDefault(instance => instance.RefusedRevision == Revision) is { } refusing)
        {
            return $"instance {refusing.Id} of site {refusing.Site} refused revision {Revision}: {refusing.LastRefusal ?? "no reason given"}";
        }

        var terms = Record.Terms;
        if (Served.Requests < terms.MinimumRequests || Served.ErrorShare <= Record.Before.ErrorShare + terms.MaximumErrorRise)
        {
            return null;
        }

        return FormattableString.Invariant(
            $"the staged sites' share of 5xx is {Served.ErrorShare:P1} of {Served.Requests} requests since revision {Revision} was staged, and was {Record.Before.ErrorShare:P1} before (allowed: a rise of {terms.MaximumErrorRise:P1})");
    }
}

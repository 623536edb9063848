namespace Gateway.ControlPlane.Publication.Releases;

/// <summary>What is kept of an open stage beside its revision and labels, so that any replica can judge it, also after a restart.</summary>
/// <param name="Principal">Who staged its revision.</param>
/// <param name="Before">What the staged sites served in <see cref="StagedTraffic.Window"/> before the stage was opened.</param>
/// <param name="Since">Start of the minute in which its revision was staged, Unix time in whole seconds.</param>
/// <param name="AtStart">What that minute had counted when the revision was staged: not the revision's doing.</param>
internal sealed record StageRecord(
    string Principal, DateTimeOffset OpenedAt, DateTimeOffset StagedAt, StageTerms Terms, RequestCounts Before, long Since, RequestCounts AtStart);

namespace Gateway.ControlPlane.Store.Reading;

/// <summary>What is recorded of one committed transaction.</summary>
public sealed record RevisionInfo(long Revision, string Principal, string? SourceAddress, DateTimeOffset Time, string? Message, string Origin, int Changes);

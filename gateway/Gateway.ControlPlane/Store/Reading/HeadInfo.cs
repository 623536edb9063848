namespace Gateway.ControlPlane.Store.Reading;

/// <summary>Where the log ends, and what sites on the stable channel run.</summary>
public sealed record HeadInfo(long Revision, long Released);

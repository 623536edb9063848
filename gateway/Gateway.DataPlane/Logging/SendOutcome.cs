namespace Gateway.DataPlane.Logging;

/// <summary>What became of a batch.</summary>
/// <param name="Problem">Null where nothing is left to send; otherwise what is wrong, without secrets.</param>
/// <param name="Again">What is left to send; null for all of the batch.</param>
/// <param name="RetryAfter">How long the receiver wants to be left alone.</param>
public sealed record SendOutcome(string? Problem, IReadOnlyList<byte[]>? Again = null, TimeSpan? RetryAfter = null);

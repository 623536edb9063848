namespace EndToEnd.Tests.Faults;

/// <summary>Something that goes wrong, and how it is put right.</summary>
/// <param name="Name">For the record of a run.</param>
/// <param name="Begin">Makes it go wrong.</param>
/// <param name="End">Puts it right again.</param>
internal sealed record Fault(string Name, Func<Task> Begin, Func<Task> End);

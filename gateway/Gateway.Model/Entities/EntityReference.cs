namespace Gateway.Model.Entities;

/// <summary>A foreign key as Kong writes it: <c>{"id": "…"}</c>.</summary>
public sealed record EntityReference(Guid Id);

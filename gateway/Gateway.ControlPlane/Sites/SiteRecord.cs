namespace Gateway.ControlPlane.Sites;

/// <summary>A registered site as administrators see it.</summary>
internal sealed record SiteRecord(string Name, bool Enabled, IReadOnlyDictionary<string, string> Labels, long CreatedAt, long UpdatedAt);

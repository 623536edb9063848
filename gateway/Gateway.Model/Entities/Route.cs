namespace Gateway.Model.Entities;

/// <summary>Which requests go to a service.</summary>
public sealed record Route : Entity
{
    public string? Name { get; init; }
    public IReadOnlyList<string> Protocols { get; init; } = ["http", "https"];
    public IReadOnlyList<string>? Methods { get; init; }
    public IReadOnlyList<string>? Hosts { get; init; }

    /// <summary>Prefixes, or regular expressions where they begin with <c>~</c>.</summary>
    public IReadOnlyList<string>? Paths { get; init; }

    /// <summary>Header name to accepted values; a single value that begins with <c>~*</c> is a regular expression.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Headers { get; init; }
    public IReadOnlyList<string>? Snis { get; init; }
    public int HttpsRedirectStatusCode { get; init; } = 426;
    public int RegexPriority { get; init; }
    public bool StripPath { get; init; } = true;
    public string PathHandling { get; init; } = "v0";
    public bool PreserveHost { get; init; }
    public bool RequestBuffering { get; init; } = true;
    public bool ResponseBuffering { get; init; } = true;
    public EntityReference? Service { get; init; }
}

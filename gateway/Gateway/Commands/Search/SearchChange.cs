namespace Gateway.Commands.Search;

/// <summary>What applying a definition has done.</summary>
internal enum SearchChange
{
    None,
    Created,
    Updated,
}

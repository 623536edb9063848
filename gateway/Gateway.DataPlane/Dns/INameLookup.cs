namespace Gateway.DataPlane.Dns;

/// <summary>Finds what a name stands for, without remembering anything.</summary>
internal interface INameLookup
{
    /// <summary>Never throws but where <paramref name="cancellationToken"/> says so: not to find anything is an answer.</summary>
    Task<NameAnswer> LookUpAsync(string name, CancellationToken cancellationToken);
}

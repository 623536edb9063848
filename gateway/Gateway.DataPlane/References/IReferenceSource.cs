using Gateway.Model.References;

namespace Gateway.DataPlane.References;

/// <summary>Where values of references are kept that have to be asked for over the network.</summary>
public interface IReferenceSource
{
    /// <summary>As in <see cref="VaultReference.Source"/>.</summary>
    string Name { get; }

    /// <summary>The whole value, whatever the reference's key; null where there is none of that name.</summary>
    /// <exception cref="ReferenceSourceException">It cannot be said now.</exception>
    Task<string?> ReadAsync(VaultReference reference, CancellationToken cancellationToken);
}

namespace Gateway.Tunnel.Publication.Streams;

/// <summary>A revision as one instance has it, or shall have it.</summary>
internal sealed record DeliveryPoint(string Channel, long Revision, string Hash)
{
    public bool IsSameContentAs(DeliveryPoint other) => Revision == other.Revision && Hash == other.Hash;
}

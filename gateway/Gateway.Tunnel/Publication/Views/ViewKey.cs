namespace Gateway.Tunnel.Publication.Views;

/// <summary>What decides what an instance receives, beside the revision.</summary>
internal readonly record struct ViewKey(string Channel, string View, string Translation);

namespace Gateway.Tunnel.Publication.Views;

/// <summary>What decides what an instance receives, beside the revision.</summary>
/// <param name="Translation">Null for what the site may have, before any translation.</param>
internal readonly record struct ViewKey(string Channel, string Rights, string? Translation);

namespace Gateway.Plugins.OpenIdConnect;

/// <summary>The provider gave no answer that could be used. The message names the address and what was wrong, never what was sent.</summary>
internal sealed class ProviderException(string message, Exception? inner = null) : Exception(message, inner);

namespace Gateway.DataPlane.References;

/// <summary>A source of references did not answer, or refused to. The message names no value.</summary>
public sealed class ReferenceSourceException(string message, Exception? inner = null) : Exception(message, inner);

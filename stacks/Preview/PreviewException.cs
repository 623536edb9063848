namespace Hybrid.Stacks.Preview;

/// <summary>The preview can't be made; the message is one line, for people.</summary>
internal sealed class PreviewException(string message) : Exception(message);

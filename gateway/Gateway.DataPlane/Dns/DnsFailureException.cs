namespace Gateway.DataPlane.Dns;

/// <summary>No server gave an answer: nothing is known, not even that there is no such name.</summary>
internal sealed class DnsFailureException : Exception
{
    public DnsFailureException()
    {
    }

    public DnsFailureException(string message)
        : base(message)
    {
    }

    public DnsFailureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

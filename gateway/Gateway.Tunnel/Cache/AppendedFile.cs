namespace Gateway.Tunnel.Cache;

/// <summary>A file that grows record by record.</summary>
internal sealed class AppendedFile(FileStream file, Stream intercepted) : IDisposable
{
    private readonly BufferedStream _stream = new(intercepted, 64 * 1024);

    public Stream Stream => _stream;

    public long Length => file.Length;

    /// <summary>Returns when the disk has it.</summary>
    public void Flush()
    {
        _stream.Flush();
        file.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // What a full disk did not take was reported when it was written; the file's end is torn.
        }

        file.Dispose();
    }
}

namespace Gateway.Tunnel.Tests.Support;

/// <summary>Takes so many bytes and then no more, as a disk that is full: a write that does not fit is done in part.</summary>
internal sealed class SmallDisk
{
    public long Free { get; set; } = long.MaxValue;

    public Stream Wrap(Stream stream) => new Limited(this, stream);

    private sealed class Limited(SmallDisk disk, Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            var fits = (int)Math.Min(count, disk.Free);
            inner.Write(buffer, offset, fits);
            disk.Free -= fits;
            if (fits < count)
            {
                throw new IOException("No space left on device");
            }
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}

namespace AgentOps.Log;

/// <summary>Bytes of a segment for reading: of a file, through ordinary reads and never a map, or of a segment in memory.</summary>
internal abstract class SegmentSource : IDisposable
{
    public abstract string Name { get; }

    public abstract long Length { get; }

    /// <summary>Reads at an offset; fewer bytes than asked for only at the end.</summary>
    public abstract int Read(long offset, Span<byte> destination);

    public abstract void Dispose();

    public static SegmentSource OfFile(string path) => new FileSource(path);

    public static SegmentSource OfMemory(Segment segment, SegmentShelf shelf) => new MemorySource(segment, shelf);

    private sealed class FileSource(string path) : SegmentSource
    {
        private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _file =
            File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        public override string Name => path;

        public override long Length => RandomAccess.GetLength(_file);

        public override int Read(long offset, Span<byte> destination)
        {
            int total = 0;
            while (total < destination.Length)
            {
                int read = RandomAccess.Read(_file, destination[total..], offset + total);
                if (read == 0)
                    break;
                total += read;
            }
            return total;
        }

        public override void Dispose() => _file.Dispose();
    }

    private sealed class MemorySource(Segment segment, SegmentShelf shelf) : SegmentSource
    {
        public override string Name => $"memory segment {segment.Number}";

        public override long Length => segment.Bytes;

        public override int Read(long offset, Span<byte> destination) => shelf.Copy(segment, offset, destination);

        public override void Dispose()
        {
            // The segment belongs to the writer.
        }
    }
}

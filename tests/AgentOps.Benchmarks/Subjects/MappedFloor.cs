using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Text;

namespace AgentOps.Benchmarks.Subjects;

/// <summary>
/// The least that a durable record of a call can cost: two timestamps and one 64-byte write into a touched page of a mapped
/// file, around the same call. Everything recorded is measured against it, in the same run.
/// </summary>
public sealed unsafe class MappedFloor : IDisposable
{
    private const long RingBytes = 64L << 20;

    private readonly string _path;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _ring;
    private long _offset;

    public MappedFloor(string directory)
    {
        _path = Path.Combine(directory, "floor.bin");
        using (FileStream file = File.Create(_path))
        {
            byte[] zeros = new byte[1 << 20];
            for (long written = 0; written < RingBytes; written += zeros.Length)
                file.Write(zeros);
        }
        _map = MemoryMappedFile.CreateFromFile(_path, FileMode.Open);
        _view = _map.CreateViewAccessor(0, RingBytes);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _ring = start;
        for (long page = 0; page < RingBytes; page += 4096)
            _ring[page] = 0;
    }

    /// <summary>Touches the pages that so many records will need: those that the system has brought to the disk meanwhile cost a fault.</summary>
    public void Touch(int records, int bytes = 64)
    {
        for (long ahead = 0; ahead <= (long)records * bytes + 4096; ahead += 4096)
        {
            ref byte page = ref _ring[(_offset + ahead) & (RingBytes - 1)];
            Volatile.Write(ref page, page);
        }
    }

    public int Add(int a, int b)
    {
        long before = Stopwatch.GetTimestamp();
        int result = Calls.BareAdd(a, b);
        long after = Stopwatch.GetTimestamp();
        long* record = Next(64);
        record[1] = before;
        record[2] = after;
        record[3] = result;
        record[4] = a;
        record[5] = b;
        record[6] = _offset;
        record[7] = 1;
        Volatile.Write(ref record[0], 64);
        return result;
    }

    /// <summary>The floor of a call with a text: its bytes have to get there too.</summary>
    public int Length(string text)
    {
        long before = Stopwatch.GetTimestamp();
        int result = Calls.BareLength(text);
        long after = Stopwatch.GetTimestamp();
        long* record = Next(64 + ((text.Length * 3 + 63) & ~63));
        record[1] = before;
        record[2] = after;
        record[3] = result;
        record[4] = Encoding.UTF8.GetBytes(text, new Span<byte>(record + 8, text.Length * 3));
        Volatile.Write(ref record[0], 64);
        return result;
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
        File.Delete(_path);
    }

    private long* Next(int bytes)
    {
        if ((_offset & (RingBytes - 1)) + bytes > RingBytes)
            _offset = (_offset + RingBytes - 1) & ~(RingBytes - 1);
        long* record = (long*)(_ring + (_offset & (RingBytes - 1)));
        _offset += bytes;
        return record;
    }
}

using System.IO.MemoryMappedFiles;

namespace AgentOps.TestAgent;

/// <summary>
/// What a process that is to be killed says it has recorded: one byte a record in a mapped file, which outlives it. Set only
/// after the record was made.
/// </summary>
internal sealed class Acknowledgements(string path) : IDisposable
{
    private readonly MemoryMappedFile _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
    private MemoryMappedViewAccessor? _view;

    public void Add(int thread, int number)
    {
        MemoryMappedViewAccessor view = LazyInitializer.EnsureInitialized(ref _view, () => _file.CreateViewAccessor());
        view.Write(((long)thread * NumberedText.PerThread) + number, (byte)1);
    }

    public void Dispose()
    {
        _view?.Dispose();
        _file.Dispose();
    }
}

using System.Diagnostics;
using AgentOps.Benchmarks.Subjects;
using Microsoft.Extensions.Logging;

namespace AgentOps.Benchmarks.Peers;

/// <summary>The same call logged by a generated <c>LoggerMessage</c> to a buffered file.</summary>
public sealed partial class LoggingPeer : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly FileProvider _provider;
    private readonly ILoggerFactory _factory;
    private readonly ILogger _logger;

    public LoggingPeer()
    {
        _provider = new FileProvider(_path);
        _factory = LoggerFactory.Create(builder => builder.AddProvider(_provider));
        _logger = _factory.CreateLogger("calls");
    }

    public int Add(int a, int b)
    {
        long start = Stopwatch.GetTimestamp();
        int result = Calls.BareAdd(a, b);
        Called(_logger, a, b, result, Stopwatch.GetTimestamp() - start);
        return result;
    }

    public void Dispose()
    {
        _factory.Dispose();
        _provider.Dispose();
        File.Delete(_path);
    }

    [LoggerMessage(1, LogLevel.Information, "Add({A}, {B}) = {Result} in {Ticks}")]
    private static partial void Called(ILogger logger, int a, int b, int result, long ticks);

    private sealed class FileProvider(string path) : ILoggerProvider, ILogger
    {
        private readonly StreamWriter _file = new(path, append: false, System.Text.Encoding.UTF8, bufferSize: 64 * 1024);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_file)
            {
                if (_file.BaseStream.Position > 64 << 20)
                    _file.BaseStream.Position = 0;
                _file.WriteLine(formatter(state, exception));
            }
        }

        public void Dispose() => _file.Dispose();
    }
}

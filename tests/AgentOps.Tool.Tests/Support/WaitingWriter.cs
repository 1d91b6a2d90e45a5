using System.Text;

namespace AgentOps.Tool.Tests.Support;

/// <summary>Output that can be waited for.</summary>
internal sealed class WaitingWriter : TextWriter
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _text = new();
    private readonly Lock _gate = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        lock (_gate)
        {
            _text.Append(value);
            string all = _text.ToString();
            foreach ((string text, TaskCompletionSource seen) in _awaited)
            {
                if (all.Contains(text, StringComparison.Ordinal))
                    seen.TrySetResult();
            }
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void WriteLine() => Write("\n");

    public Task WaitForAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_text.ToString().Contains(text, StringComparison.Ordinal))
                return Task.CompletedTask;
            _awaited.Add((text, seen));
        }
        return seen.Task.WaitAsync(s_patience);
    }

    public override string ToString()
    {
        lock (_gate)
            return _text.ToString();
    }
}

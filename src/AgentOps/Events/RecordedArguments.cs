using System.Collections;
using AgentOps.Log;

namespace AgentOps.Events;

/// <summary>The arguments of a recorded call, decoded when somebody looks at them: most readers look at few.</summary>
internal sealed class RecordedArguments(ReadOnlyMemory<byte> payload, string[] names, TextTable texts) : IReadOnlyList<EventField>
{
    private EventField[]? _fields;

    public int Count => Fields.Length;

    public EventField this[int index] => Fields[index];

    private EventField[] Fields => _fields ??= Decode();

    public IEnumerator<EventField> GetEnumerator() => ((IEnumerable<EventField>)Fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Fields.GetEnumerator();

    private EventField[] Decode()
    {
        var fields = new List<EventField>(names.Length);
        var reader = new PayloadReader(payload.Span, texts);
        reader.ReadAgent();
        reader.ReadModel();
        // A function that a framework calls has no parameters that were known when it was compiled: its arguments bring their names.
        if (names.Length == 0 && reader.TryEnter(PayloadTag.Object))
        {
            while (!reader.TryLeave())
            {
                string name = reader.ReadName();
                int at = reader.Position;
                int length = reader.Take().Length;
                fields.Add(new EventField(name, new EventValue(payload.Slice(at, length), texts)));
            }
        }
        foreach (string name in names)
        {
            if (reader.Peek() == PayloadTag.End)
                break;
            int at = reader.Position;
            int length = reader.Take().Length;
            fields.Add(new EventField(name, new EventValue(payload.Slice(at, length), texts)));
        }
        return [.. fields];
    }
}

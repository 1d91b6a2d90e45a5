using System.Text;

namespace AgentOps.Generators.Fuzz.Tests.Edits;

/// <summary>A file with places that may read one way or another: <c>⟦this¦that⟧</c>, and so on inside.</summary>
internal sealed class SlotTemplate
{
    private readonly List<Part> _parts;

    public SlotTemplate(string path, string template)
    {
        Path = path;
        int at = 0;
        _parts = Parse(template, ref at, isInSlot: false);
    }

    public string Path { get; }

    /// <summary>The places that can be changed now; which there are depends on how those around them read.</summary>
    public List<Slot> Slots()
    {
        var slots = new List<Slot>();
        Collect(_parts, slots);
        return slots;
    }

    public string Render()
    {
        var text = new StringBuilder();
        Render(_parts, text);
        return text.ToString();
    }

    private static List<Part> Parse(string template, ref int at, bool isInSlot)
    {
        var parts = new List<Part>();
        var literal = new StringBuilder();
        void EndLiteral()
        {
            if (literal.Length > 0)
                parts.Add(new Part(literal.ToString(), null));
            literal.Clear();
        }
        for (; at < template.Length; at++)
        {
            char c = template[at];
            if (c == '⟦')
            {
                EndLiteral();
                var choices = new List<List<Part>>();
                do
                {
                    at++;
                    choices.Add(Parse(template, ref at, isInSlot: true));
                }
                while (template[at] != '⟧');
                parts.Add(new Part(null, new Slot(choices)));
            }
            else if (isInSlot && c is '¦' or '⟧')
            {
                break;
            }
            else
            {
                literal.Append(c);
            }
        }
        EndLiteral();
        return parts;
    }

    private static void Collect(List<Part> parts, List<Slot> slots)
    {
        foreach (Part part in parts)
        {
            if (part.Slot is { } slot)
            {
                slots.Add(slot);
                Collect(slot.Choices[slot.Current], slots);
            }
        }
    }

    private static void Render(List<Part> parts, StringBuilder text)
    {
        foreach (Part part in parts)
        {
            if (part.Slot is { } slot)
                Render(slot.Choices[slot.Current], text);
            else
                text.Append(part.Literal);
        }
    }

    internal sealed record Part(string? Literal, Slot? Slot);

    /// <summary>One place and how it reads.</summary>
    internal sealed class Slot(List<List<Part>> choices)
    {
        public List<List<Part>> Choices { get; } = choices;

        public int Current { get; set; }

        public string Text
        {
            get
            {
                var text = new StringBuilder();
                Render(Choices[Current], text);
                return text.ToString();
            }
        }
    }
}

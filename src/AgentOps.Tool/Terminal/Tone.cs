using Spectre.Console;

namespace AgentOps.Tool.Terminal;

/// <summary>What a piece of text means; colours follow from it.</summary>
internal enum Tone
{
    Plain,
    Quiet,
    Strong,
    Heading,
    Good,
    Warn,
    Bad,
    Llm,
    Tool,
    Action,
}

internal static class Tones
{
    public static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Quiet => new Style(Color.Grey),
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Heading => new Style(Color.Blue, decoration: Decoration.Bold),
        Tone.Good => new Style(Color.Green),
        Tone.Warn => new Style(Color.Yellow),
        Tone.Bad => new Style(Color.Red),
        Tone.Llm => new Style(Color.Fuchsia),
        Tone.Tool => new Style(Color.Teal),
        Tone.Action => new Style(Color.Blue),
        _ => Style.Plain,
    };
}

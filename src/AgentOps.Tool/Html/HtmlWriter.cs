using System.Globalization;
using System.Text.Encodings.Web;
using AgentOps.Tool.Terminal;

namespace AgentOps.Tool.Html;

/// <summary>Writes HTML in which recorded text is text and nothing else.</summary>
internal sealed class HtmlWriter(TextWriter writer)
{
    /// <summary>Markup of our own.</summary>
    public HtmlWriter Raw(string markup)
    {
        writer.Write(markup);
        return this;
    }

    /// <summary>Text from anywhere: made harmless, then encoded.</summary>
    public HtmlWriter Text(string? text)
    {
        HtmlEncoder.Default.Encode(writer, SafeText.Line(text));
        return this;
    }

    /// <summary>Numbers as attributes of SVG have them.</summary>
    public static string Number(double value) => (double.IsFinite(value) ? value : 0).ToString("0.##", CultureInfo.InvariantCulture);
}

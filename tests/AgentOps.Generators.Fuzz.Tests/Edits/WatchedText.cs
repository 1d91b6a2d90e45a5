using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Fuzz.Tests.Edits;

/// <summary>Source text that says when it is read, so that a run can be disturbed in the middle.</summary>
internal sealed class WatchedText(SourceText text, Action onRead) : SourceText
{
    public override Encoding? Encoding => text.Encoding;

    public override int Length => text.Length;

    public override char this[int position] => text[position];

    public override void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)
    {
        onRead();
        text.CopyTo(sourceIndex, destination, destinationIndex, count);
    }
}

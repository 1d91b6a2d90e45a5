using AgentOps.Events;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>Finds whom the recorded call around the current flow is attributed to, by the frames that this process wrote. Readers judge the same way.</summary>
internal static class CurrentAgent
{
    /// <summary>Deeper than calls nest; a chain that is longer is none of ours.</summary>
    private const int MostCalls = 4096;

    private const int SessionAndSite = 8;
    private const int Parent = 16;
    private const int FirstArgument = 32;

    public static AgentIdentity? Of(EventLogWriter log, long span)
    {
        AgentIdentity? lexical = null;
        for (int calls = 0; span != 0 && calls < MostCalls; calls++)
        {
            if (!log.TryReadWords(span, 0, SessionAndSite, out long header, out long words) || !log.TryReadWords(span, Parent, FirstArgument, out long outer, out long first))
                break;
            bool hasArguments = FrameHeader.Decode((ulong)header).Length > FirstArgument;
            if (hasArguments && PayloadWord.TagOf((ulong)first) == PayloadTag.Agent)
                return CallTable.AgentOf(lexical, AgentInstances.IdentityOf((uint)PayloadWord.InfoOf((ulong)first)));
            if (CallSites.Find((uint)words) is { AgentType: { } type } site)
            {
                string name = site.AgentName ?? type;
                if (lexical is not null && lexical.Name != name)
                    return lexical;
                lexical ??= AgentInstances.IdentityOf(AgentInstances.OfType(type, name));
            }
            span = outer;
        }
        return lexical;
    }
}

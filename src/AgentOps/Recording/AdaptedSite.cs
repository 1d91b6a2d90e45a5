using System.Collections.Concurrent;
using System.ComponentModel;

namespace AgentOps.Recording;

/// <summary>
/// A place where functions are made for a framework. Which function it is, and so what its calls are called, is known when it is
/// made; one place may make many.
/// </summary>
/// <param name="place">What is known of the place.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AdaptedSite(CallSiteInfo place)
{
    /// <summary>Sites are never forgotten; a program that makes up names without end gets no more of them than this.</summary>
    private const int MaxNames = 1024;

    private static readonly ConcurrentDictionary<(string Method, string File, int Line), AdaptedSite> s_places = new();

    private readonly ConcurrentDictionary<string, uint> _sites = new(StringComparer.Ordinal);

    /// <summary>The place where a function was wrapped by hand; the same for the same place.</summary>
    /// <param name="method">The method that calls the function.</param>
    /// <param name="file">The file, of which the name is kept only: where sources lay on the machine that built them is nobody's business.</param>
    /// <param name="line">The line.</param>
    public static AdaptedSite At(string method, string file, int line)
    {
        ArgumentNullException.ThrowIfNull(file);
        return s_places.GetOrAdd((method, file[(file.LastIndexOfAny(['/', '\\']) + 1)..], line), static key => new AdaptedSite(new CallSiteInfo
        {
            Kind = EventKind.Tool,
            Name = key.Method,
            Project = AppDomain.CurrentDomain.FriendlyName,
            Method = key.Method,
            File = key.File,
            Line = key.Line,
            Parameters = [],
        }));
    }

    /// <summary>The number of the calls of a function made here.</summary>
    internal uint For(string name)
    {
        if (_sites.Count >= MaxNames && !_sites.ContainsKey(name))
            name = place.Name;
        return _sites.GetOrAdd(name, Register);
    }

    private uint Register(string name) => CallSites.Register(new CallSiteInfo
    {
        Kind = place.Kind,
        Name = name,
        Project = place.Project,
        Method = place.Method,
        File = place.File,
        Line = place.Line,
        Parameters = place.Parameters,
        BringsArguments = true,
    });
}

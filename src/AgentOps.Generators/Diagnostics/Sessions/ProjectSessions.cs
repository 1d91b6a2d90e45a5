using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>
/// What the names in all files of a project say of sessions. Names stand for every method of that name, so that whatever may open a
/// session counts as if it did: that errs towards silence.
/// </summary>
internal sealed class ProjectSessions
{
    private readonly HashSet<string> _opening;
    private readonly Lazy<HashSet<string>> _reaching;

    private ProjectSessions((SyntaxTree Tree, FileCalls Calls)[] files, RecordedNames sinks, IEnumerable<string> opening)
    {
        Files = files;
        _opening = new HashSet<string>(opening, StringComparer.Ordinal);
        IsOpenedAnywhere = FindOpening();
        _reaching = new Lazy<HashSet<string>>(() => FindReaching(sinks));
    }

    public (SyntaxTree Tree, FileCalls Calls)[] Files { get; }

    /// <summary>Whether a session is opened and left open by what runs at a time that nobody can tell: a constructor, an initial value, a lambda.</summary>
    public bool IsOpenedAnywhere { get; }

    public static ProjectSessions Create(Compilation compilation, RecordedNames sinks, IEnumerable<string> opening, CancellationToken cancellation) =>
        new([.. compilation.SyntaxTrees.Select(tree => (tree, FileCalls.Of(tree, cancellation)))], sinks, opening);

    /// <summary>Whether a session may be open after a call of a method of this name.</summary>
    public bool MayOpen(string name) => _opening.Contains(name);

    /// <summary>Whether a method of this name may come to a call that wants a session.</summary>
    public bool MayReach(string name) => _reaching.Value.Contains(name);

    /// <summary>Whether a session is started, or may be, within a body.</summary>
    public bool Opens(BodyCalls body) => body.Starts.Length > 0 || Array.Exists(body.Called, c => _opening.Contains(c.Name));

    /// <summary>Adds the names of methods that leave a session open, through whatever they call.</summary>
    private bool FindOpening()
    {
        var found = new Queue<string>(_opening);
        foreach (BodyCalls body in Bodies())
        {
            if (body.LeavesSessionOpen && !Leaves(body, found))
                return true;
        }
        if (found.Count == 0)
            return false;
        Dictionary<string, List<BodyCalls>> callers = CallersByName(static c => !c.IsScoped);
        while (found.Count > 0)
        {
            if (!callers.TryGetValue(found.Dequeue(), out List<BodyCalls>? bodies))
                continue;
            foreach (BodyCalls body in bodies)
            {
                if (!Leaves(body, found))
                    return true;
            }
        }
        return false;
    }

    /// <summary>Takes note of a body after which a session is open; <see langword="false"/> if nobody knows when it runs.</summary>
    private bool Leaves(BodyCalls body, Queue<string> found)
    {
        switch (body.Kind)
        {
            case BodyKind.Method or BodyKind.LocalFunction:
                if (_opening.Add(body.Name))
                    found.Enqueue(body.Name);
                return true;
            case BodyKind.TopLevel:
                return true;
            default:
                return false;
        }
    }

    private HashSet<string> FindReaching(RecordedNames sinks)
    {
        var reaching = new HashSet<string>(StringComparer.Ordinal);
        var found = new Queue<string>();
        Dictionary<string, List<BodyCalls>> callers = CallersByName(static _ => true);
        foreach (string name in callers.Keys)
        {
            if (sinks.Contains(name))
                found.Enqueue(name);
        }
        while (found.Count > 0)
        {
            if (!callers.TryGetValue(found.Dequeue(), out List<BodyCalls>? bodies))
                continue;
            foreach (BodyCalls body in bodies)
            {
                if (body.Kind is BodyKind.Method or BodyKind.LocalFunction && reaching.Add(body.Name))
                    found.Enqueue(body.Name);
            }
        }
        return reaching;
    }

    private Dictionary<string, List<BodyCalls>> CallersByName(Func<CalledName, bool> counts)
    {
        var callers = new Dictionary<string, List<BodyCalls>>(StringComparer.Ordinal);
        foreach (BodyCalls body in Bodies())
        {
            foreach (CalledName called in body.Called)
            {
                if (!counts(called))
                    continue;
                if (!callers.TryGetValue(called.Name, out List<BodyCalls>? bodies))
                    callers.Add(called.Name, bodies = []);
                bodies.Add(body);
            }
        }
        return callers;
    }

    private IEnumerable<BodyCalls> Bodies() => Files.SelectMany(static file => file.Calls.Bodies);
}

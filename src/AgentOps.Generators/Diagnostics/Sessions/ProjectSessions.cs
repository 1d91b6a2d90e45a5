using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>
/// What the names in all files of a project say of sessions. Names stand for every method of that name, so that whatever may open a
/// session counts as if it did: that errs towards silence.
/// </summary>
internal sealed class ProjectSessions
{
    private const string MainName = "Main";

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

    /// <summary>
    /// Adds the names of methods that leave a session open, through whatever they call. A method that nobody calls by its name is run by
    /// somebody else: a module initialiser, a delegate, a container.
    /// </summary>
    private bool FindOpening()
    {
        BodyCalls[] leaving = [.. Bodies().Where(static body => body.LeavesSessionOpen)];
        if (leaving.Length == 0 && _opening.Count == 0)
            return false;
        Dictionary<string, List<(BodyCalls Caller, bool IsScoped)>> callers = CallersByName();
        var found = new Queue<string>(_opening);
        if (!Array.TrueForAll(leaving, body => Leaves(body, found) && (body.Kind == BodyKind.TopLevel || body.Name == MainName || callers.ContainsKey(body.Name))))
            return true;
        while (found.Count > 0)
        {
            if (!callers.TryGetValue(found.Dequeue(), out List<(BodyCalls Caller, bool IsScoped)>? bodies))
                continue;
            foreach ((BodyCalls caller, bool isScoped) in bodies)
            {
                if (!isScoped && !Leaves(caller, found))
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
        Dictionary<string, List<(BodyCalls Caller, bool IsScoped)>> callers = CallersByName();
        var found = new Queue<string>(callers.Keys.Where(sinks.Contains));
        while (found.Count > 0)
        {
            if (!callers.TryGetValue(found.Dequeue(), out List<(BodyCalls Caller, bool IsScoped)>? bodies))
                continue;
            foreach ((BodyCalls caller, _) in bodies)
            {
                if (caller.Kind is BodyKind.Method or BodyKind.LocalFunction && reaching.Add(caller.Name))
                    found.Enqueue(caller.Name);
            }
        }
        return reaching;
    }

    private Dictionary<string, List<(BodyCalls Caller, bool IsScoped)>> CallersByName()
    {
        var callers = new Dictionary<string, List<(BodyCalls Caller, bool IsScoped)>>(StringComparer.Ordinal);
        foreach (BodyCalls body in Bodies())
        {
            foreach (CalledName called in body.Called)
            {
                if (!callers.TryGetValue(called.Name, out List<(BodyCalls Caller, bool IsScoped)>? bodies))
                    callers.Add(called.Name, bodies = []);
                bodies.Add((body, called.IsScoped));
            }
        }
        return callers;
    }

    private IEnumerable<BodyCalls> Bodies() => Files.SelectMany(static file => file.Calls.Bodies);
}

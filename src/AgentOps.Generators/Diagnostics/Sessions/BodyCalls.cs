using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>What a body belongs to.</summary>
internal enum BodyKind
{
    /// <summary>Constructors, accessors, operators, initial values: run by nobody who says so by their name.</summary>
    Unnamed,
    Method,
    LocalFunction,
    Lambda,
    TopLevel,
}

/// <summary>What the syntax of one body says of sessions and calls. Names and positions only, so that it can be kept as long as its file.</summary>
/// <param name="Kind">What it belongs to.</param>
/// <param name="Name">The method's name; empty for what has none.</param>
/// <param name="Span">Where the declaration stands.</param>
/// <param name="MayBeEntry">Whether it is public or has attributes, as methods must be that frameworks call.</param>
/// <param name="Called">The names that are called, lambdas and local functions left out.</param>
/// <param name="Starts">Where sessions are started.</param>
internal sealed record BodyCalls(BodyKind Kind, string Name, TextSpan Span, bool MayBeEntry, CalledName[] Called, SessionStart[] Starts)
{
    /// <summary>Whether a session may be open after this body has run.</summary>
    public bool LeavesSessionOpen => Array.Exists(Starts, static start => !start.IsScoped);

    /// <summary>The declaration in its file.</summary>
    public SyntaxNode Find(SyntaxNode root) => Kind == BodyKind.TopLevel ? root : root.FindNode(Span, getInnermostNodeForTie: true);
}

/// <summary>A name that is called.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsScoped">Whether every call of it is of the kind whose result is disposed in the same body.</param>
internal readonly record struct CalledName(string Name, bool IsScoped);

/// <summary>A place where a session is started.</summary>
/// <param name="Position">Where the invocation starts.</param>
/// <param name="Length">How long it is.</param>
/// <param name="IsScoped">Whether the session ends in the same body.</param>
internal readonly record struct SessionStart(int Position, int Length, bool IsScoped);

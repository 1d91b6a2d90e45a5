using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>
/// Finds code that may have a session open while a framework calls the project's entry points: a program that starts one before its host
/// runs, a middleware or filter around all requests, a fixture before all tests.
/// </summary>
internal static class Wrappers
{
    public static bool Exist(
        ProjectSessions project, SessionTypes types, ReferencedSessions referenced, EntryPoints entries, BoundBodies bodies, CancellationToken cancellation)
    {
        foreach ((SyntaxTree tree, FileCalls calls) in project.Files)
        {
            SyntaxNode? root = null;
            foreach (BodyCalls body in calls.Bodies)
            {
                bool opens = project.Opens(body);
                bool isProgram = body.Kind == BodyKind.TopLevel || (body.Kind == BodyKind.Method && entries.MayBe(body) && body.Name == "Main");
                if (!opens && !isProgram)
                    continue;
                if (opens && body.Kind == BodyKind.TopLevel)
                    return true;
                cancellation.ThrowIfCancellationRequested();
                root ??= tree.GetRoot(cancellation);
                SyntaxNode declaration = body.Find(root);
                IMethodSymbol? method = body.Kind is BodyKind.Method ? bodies.ModelOf(tree).GetDeclaredSymbol(declaration, cancellation) as IMethodSymbol : null;
                EntryKind kind = method is null ? EntryKind.None : entries.KindOf(method);
                if (opens && (kind == EntryKind.Program || (kind == EntryKind.None && MayWrap(body, declaration, types, project, bodies, cancellation))))
                    return true;
                if (isProgram && !opens && bodies.Find(declaration, cancellation) is { } program && CallsUsers(program, referenced))
                    return true;
            }
        }
        return false;
    }

    /// <summary>A session that is left open, or in which something is called that is not known here.</summary>
    private static bool MayWrap(
        BodyCalls body, SyntaxNode declaration, SessionTypes types, ProjectSessions project, BoundBodies bodies, CancellationToken cancellation)
    {
        if (body.LeavesSessionOpen || Array.Exists(body.Called, c => !c.IsScoped && project.MayOpen(c.Name)))
            return true;
        // What has no name is bound with the member it stands in.
        SyntaxNode? member = declaration;
        IOperation? operation = null;
        for (; member is not null && operation is null; member = member.Parent)
            operation = bodies.Find(member, cancellation);
        return operation is null || Operations.Inside(operation).Any(inside => inside is IInvocationOperation call && IsUnknown(call, types));
    }

    private static bool IsUnknown(IInvocationOperation call, SessionTypes types)
    {
        IMethodSymbol target = call.TargetMethod;
        if (types.IsSession(target.ContainingType))
            return types.IsRun(target) && !call.Arguments.Any(static a => SessionTypes.Stripped(a.Value) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation });
        return target.MethodKind == MethodKind.DelegateInvoke
            || call.Instance is IInstanceReferenceOperation { Syntax: BaseExpressionSyntax }
            || target.ContainingNamespace?.ToDisplayString() is "Microsoft.Extensions.Hosting" or "Microsoft.AspNetCore.Builder" or "Microsoft.AspNetCore.Hosting";
    }

    /// <summary>Whether the program calls an assembly that uses the recorder, and so may set up a session around everything.</summary>
    private static bool CallsUsers(IOperation program, ReferencedSessions referenced) => Operations.Inside(program).Any(inside =>
        inside is IInvocationOperation { TargetMethod: var target } && referenced.MayOpenSession(target) && !SessionTypes.WantsSession(target));
}

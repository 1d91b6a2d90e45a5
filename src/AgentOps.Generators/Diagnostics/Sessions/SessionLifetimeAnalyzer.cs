using System.Collections.Immutable;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>
/// Says of sessions what is wrong with how long they live, as far as the body shows it that starts them: a session that is passed away,
/// returned, or captured is somebody else's to end. Binds bodies that start sessions, and no others.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SessionLifetimeAnalyzer : DiagnosticAnalyzer
{
    private static readonly RecordedNames s_session = new(["Session"]);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        SessionRules.IgnoredSession, SessionRules.SessionNotEnded, SessionRules.SessionEndedTwice, SessionRules.SessionUsedAfterEnd,
        SessionRules.TaskOutlivesSession, SessionRules.SessionsPileUp, SessionRules.AsyncOpening,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        AnalyzedProject.Analyze(context, static (start, _) =>
        {
            if (SessionTypes.Of(start.Compilation) is not { } types)
                return;
            start.RegisterSemanticModelAction(c => Analyze(c, types));
            start.RegisterSymbolAction(AnalyzeMark, SymbolKind.Method);
        });
    }

    private static void AnalyzeMark(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method is { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation, IsAsync: true } && SessionTypes.OpensSession(method))
            context.ReportDiagnostic(Diagnostic.Create(SessionRules.AsyncOpening, method.Locations[0], method.Name));
    }

    private static void Analyze(SemanticModelAnalysisContext context, SessionTypes types)
    {
        SyntaxTree tree = context.SemanticModel.SyntaxTree;
        if (!MentionedNames.In(tree.GetText(context.CancellationToken), s_session))
            return;
        var calls = FileCalls.Of(tree, context.CancellationToken);
        SyntaxNode? root = null;
        var seen = new HashSet<SyntaxNode>();
        foreach (SessionStart start in calls.Bodies.SelectMany(static body => body.Starts))
        {
            root ??= tree.GetRoot(context.CancellationToken);
            if (MemberAround(root.FindToken(start.Position).Parent) is { } member && seen.Add(member)
                && context.SemanticModel.GetOperation(member, context.CancellationToken) is { } operation)
            {
                Analyze(new LifetimeContext(context, types, member, operation, calls.MentionsCurrent));
            }
        }
    }

    private static void Analyze(LifetimeContext context)
    {
        var locals = new SessionLocals(context);
        foreach (IOperation operation in Operations.Inside(context.Member))
        {
            if (operation is not IInvocationOperation start || !context.Types.IsStart(start.TargetMethod))
                continue;
            StartedSession session = StartedSession.Of(start, context.Types);
            switch (session.Fate)
            {
                case SessionFate.Ignored:
                    if (!context.MayEndElsewhere(start))
                        context.Report(SessionRules.IgnoredSession, start.Syntax, start.TargetMethod.Name);
                    break;
                case SessionFate.InLocal:
                    locals.Add(start, (ILocalSymbol)session.Keeper!);
                    break;
                case SessionFate.InField:
                    var field = (IFieldSymbol)session.Keeper!;
                    if (!context.MayEndElsewhere(start) && SessionFields.IsNeverEnded(field, context.Types, context.Cancellation))
                    {
                        context.Report(SessionRules.SessionsPileUp, start.Syntax,
                            $"The session is kept in the field '{field.Name}', and nothing in '{field.ContainingType.Name}' ends it",
                            field.IsStatic ? "end it before the program ends" : $"end it in the Dispose method of '{field.ContainingType.Name}'");
                    }
                    break;
            }
        }
        locals.Report();
        EscapingTasks.Report(context);
    }

    /// <summary>The outermost node around one that is bound as a whole.</summary>
    private static SyntaxNode? MemberAround(SyntaxNode? node)
    {
        SyntaxNode? member = null;
        for (; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax:
                case ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax }:
                case EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } }:
                    member = node;
                    break;
                case GlobalStatementSyntax { Parent: { } unit }:
                    return unit;
            }
        }
        return member;
    }
}

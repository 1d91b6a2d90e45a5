using System.Collections.Immutable;
using AgentOps.Generators.Calls;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>
/// Says at entry points of a program which calls are not recorded because no session is open: at once for those that stand in the entry
/// point itself, and with the whole project for those it reaches through other methods. One of each is enough for an entry point:
/// the session that mends it mends the others.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MissingSessionAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SessionRules.MissingSession, SessionRules.MissingSessionHere];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        AnalyzedProject.Analyze(context, static (start, settings) =>
        {
            if (!settings.IsSwitchedOn || SessionTypes.Of(start.Compilation) is not { } types)
                return;
            var entries = new EntryPoints(start.Compilation, start.CancellationToken);
            if (!entries.Any)
                return;
            DeclarationShape shape = AnalyzedProject.ShapeOf(start, settings);
            var state = new CompilationState(start.Compilation, types, entries, shape, start.CancellationToken);
            if (state.HasNothingToRecord)
                return;
            start.RegisterSemanticModelAction(state.AnalyzeFile);
            start.RegisterCompilationEndAction(state.AnalyzeProject);
        });
    }

    private sealed class CompilationState
    {
        private readonly SessionTypes _types;
        private readonly EntryPoints _entries;
        private readonly RecordedNames _sinks;
        private readonly ReferencedSessions _referenced;
        private readonly Lazy<ProjectSessions> _project;
        private readonly Lazy<bool> _isWrapped;

        public CompilationState(Compilation compilation, SessionTypes types, EntryPoints entries, DeclarationShape shape, CancellationToken cancellation)
        {
            _types = types;
            _entries = entries;
            _referenced = ReferencedSessions.Of(compilation, cancellation);
            FileMarks[] marks = [.. compilation.SyntaxTrees.Select(tree => FileMarks.Of(tree, cancellation))];
            _sinks = RecordedNames.Union([shape.AllNames, new RecordedNames(marks.SelectMany(static m => m.Requiring).Concat(_referenced.Requiring))]);
            _project = new Lazy<ProjectSessions>(() => ProjectSessions.Create(
                compilation, _sinks, marks.SelectMany(static m => m.Opening).Concat(_referenced.Opening), CancellationToken.None));
            // Asked by many files at once, and answered for all of them: no single one may cancel it.
            _isWrapped = new Lazy<bool>(() => Wrappers.Exist(_project.Value, types, _referenced, entries, new BoundBodies(compilation), CancellationToken.None));
        }

        public bool HasNothingToRecord => _sinks.IsEmpty;

        /// <summary>The rule that is live: what an entry point calls itself.</summary>
        public void AnalyzeFile(SemanticModelAnalysisContext context)
        {
            SemanticModel model = context.SemanticModel;
            var calls = FileCalls.Of(model.SyntaxTree, context.CancellationToken);
            SyntaxNode? root = null;
            foreach (BodyCalls body in calls.Bodies)
            {
                if (!_entries.MayBe(body) || !Array.Exists(body.Called, c => _sinks.Contains(c.Name)))
                    continue;
                root ??= model.SyntaxTree.GetRoot(context.CancellationToken);
                if (EntryAt(model, body, root, context.CancellationToken) is { } entry)
                    AnalyzeEntry(context, entry);
            }
            if (!_entries.HasEndpoints)
                return;
            foreach (Entry endpoint in EndpointsIn(model, calls, bodies: null, context.CancellationToken))
            {
                if (endpoint.IsLive)
                    AnalyzeEntry(context, endpoint);
            }
        }

        /// <summary>The rule that needs the whole project: what an entry point reaches.</summary>
        public void AnalyzeProject(CompilationAnalysisContext context)
        {
            ProjectSessions project = _project.Value;
            if (project.IsOpenedAnywhere)
                return;
            var bodies = new BoundBodies(context.Compilation);
            var paths = new UncoveredPaths(_types, project, _referenced, _sinks.Contains, bodies);
            var entered = new List<(Entry Entry, UncoveredPaths.Step Step)>();
            var bodiesEntered = new HashSet<SyntaxNode>();
            foreach (Entry entry in EntriesOf(project, bodies, context.CancellationToken))
            {
                if ((entry.Kind == EntryKind.Program || !_isWrapped.Value) && bodiesEntered.Add(entry.Body.Syntax))
                    entered.Add((entry, paths.Enter(entry.Name, entry.Body)));
            }
            paths.Walk(context.CancellationToken);
            foreach ((Entry entry, UncoveredPaths.Step step) in entered)
            {
                if (!entry.IsLive && step.Sink is { } own)
                    context.ReportDiagnostic(Describe([step], own));
                else if (step.Calls.FirstOrDefault(static c => c.Callee.LeadsToSink) is { Call: { } call, Callee: { } callee } && !IsCovered(call, context.CancellationToken))
                    context.ReportDiagnostic(Describe([step, .. WayFrom(callee)], call));
            }
        }

        private static IEnumerable<UncoveredPaths.Step> WayFrom(UncoveredPaths.Step first)
        {
            for (UncoveredPaths.Step? step = first; step is not null; step = step.Sink is null ? step.Next : null)
                yield return step;
        }

        private static Diagnostic Describe(IReadOnlyList<UncoveredPaths.Step> way, IInvocationOperation first)
        {
            IInvocationOperation sink = way[way.Count - 1].Sink!;
            IEnumerable<Location> places = way.Skip(1).Select((step, i) => i + 2 < way.Count ? step.CallOf(way[i + 2]) : sink).Select(static c => PlaceOf(c).GetLocation());
            string path = PathText.Of([.. way.Select(static step => step.Name), sink.TargetMethod.Name]);
            return Diagnostic.Create(SessionRules.MissingSession, PlaceOf(first).GetLocation(), places, sink.TargetMethod.Name, path);
        }

        private void AnalyzeEntry(SemanticModelAnalysisContext context, Entry entry)
        {
            // Cheap questions first: the last one looks at all files of the project.
            ProjectSessions project = _project.Value;
            if (project.IsOpenedAnywhere)
                return;
            foreach (IInvocationOperation call in SessionCover.UncoveredCalls(entry.Body, _types, project, _referenced, _sinks.Contains))
            {
                if (!SessionTypes.WantsSession(call.TargetMethod) || IsCovered(call, context.CancellationToken))
                    continue;
                if (entry.Kind == EntryKind.Program || !_isWrapped.Value)
                    context.ReportDiagnostic(Diagnostic.Create(SessionRules.MissingSessionHere, PlaceOf(call).GetLocation(), call.TargetMethod.Name, entry.Name));
                return;
            }
        }

        private static bool IsCovered(IInvocationOperation call, CancellationToken cancellation) => OptOut.Covers(call.SemanticModel!, call.Syntax, cancellation);

        private IEnumerable<Entry> EntriesOf(ProjectSessions project, BoundBodies bodies, CancellationToken cancellation)
        {
            foreach ((SyntaxTree tree, FileCalls calls) in project.Files)
            {
                cancellation.ThrowIfCancellationRequested();
                SyntaxNode? root = null;
                foreach (BodyCalls body in calls.Bodies)
                {
                    if (!_entries.MayBe(body) || !Array.Exists(body.Called, c => project.MayReach(c.Name)))
                        continue;
                    root ??= tree.GetRoot(cancellation);
                    if (EntryAt(bodies.ModelOf(tree), body, root, cancellation) is { } entry)
                        yield return entry;
                }
                if (!_entries.HasEndpoints)
                    continue;
                foreach (Entry endpoint in EndpointsIn(bodies.ModelOf(tree), calls, bodies, cancellation))
                    yield return endpoint;
            }
        }

        private Entry? EntryAt(SemanticModel model, BodyCalls body, SyntaxNode root, CancellationToken cancellation)
        {
            SyntaxNode declaration = body.Find(root);
            if (model.GetDeclaredSymbol(declaration, cancellation) is not IMethodSymbol method)
                return null;
            EntryKind kind = _entries.KindOf(method);
            return kind == EntryKind.None || IsLeftToOthers(method) || model.GetOperation(declaration, cancellation) is not { } operation
                ? null
                : new Entry(kind, body.Kind == BodyKind.TopLevel ? "Main" : method.Name, operation, IsLive: true);
        }

        /// <summary>Whether somebody else sees to the session of an entry point.</summary>
        private bool IsLeftToOthers(IMethodSymbol method) =>
            SessionTypes.RequiresSession(method) || SessionTypes.OpensSession(method) || _types.IsGivenSession(method);

        private IEnumerable<Entry> EndpointsIn(SemanticModel model, FileCalls calls, BoundBodies? bodies, CancellationToken cancellation)
        {
            SyntaxNode? root = null;
            var seen = new HashSet<SyntaxNode>();
            foreach (int position in calls.Mappings)
            {
                root ??= model.SyntaxTree.GetRoot(cancellation);
                if (CallSyntax.At(root, position) is not { } syntax
                    || model.GetOperation(syntax, cancellation) is not IInvocationOperation call
                    || _entries.EndpointOf(call) is not { } endpoint)
                {
                    continue;
                }
                if (endpoint is IAnonymousFunctionOperation lambda)
                {
                    if (!_types.IsGivenSession(lambda.Symbol))
                        yield return new Entry(EntryKind.Framework, call.TargetMethod.Name, lambda, IsLive: true);
                }
                else if (endpoint is IMethodReferenceOperation { Method: { DeclaringSyntaxReferences.Length: 1 } handler } && !IsLeftToOthers(handler) && _entries.KindOf(handler) == EntryKind.None)
                {
                    SyntaxNode declaration = handler.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
                    bool isLive = declaration.SyntaxTree == model.SyntaxTree;
                    IOperation? body = isLive ? model.GetOperation(declaration, cancellation) : bodies?.Find(declaration, cancellation);
                    if (body is not null && seen.Add(declaration))
                        yield return new Entry(EntryKind.Framework, handler.Name, body, isLive);
                }
            }
        }

        private static SyntaxNode PlaceOf(IInvocationOperation call) =>
            call.Syntax is InvocationExpressionSyntax syntax ? CallSyntax.PlaceOf(syntax) : call.Syntax;

        /// <summary>A body that is called from outside.</summary>
        /// <param name="Kind">By whom.</param>
        /// <param name="Name">What it is called in a message.</param>
        /// <param name="Body">Its operation.</param>
        /// <param name="IsLive">Whether the file it is found in shows what it calls itself, so that the live rule speaks of that.</param>
        private sealed record Entry(EntryKind Kind, string Name, IOperation Body, bool IsLive);
    }
}

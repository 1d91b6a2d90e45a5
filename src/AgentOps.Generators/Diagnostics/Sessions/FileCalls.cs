using System.Runtime.CompilerServices;
using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>Which names the bodies of a file call, and where they start sessions, by its syntax alone: nothing is bound for it.</summary>
internal sealed class FileCalls
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileCalls> s_known = new();

    private FileCalls(BodyCalls[] bodies, int[] mappings, bool mentionsCurrent) => (Bodies, Mappings, MentionsCurrent) = (bodies, mappings, mentionsCurrent);

    public BodyCalls[] Bodies { get; }

    /// <summary>Where methods such as <c>MapGet</c> are called, which make endpoints of delegates.</summary>
    public int[] Mappings { get; }

    /// <summary>Whether the session of the flow is asked for, which anyone may end.</summary>
    public bool MentionsCurrent { get; }

    public static FileCalls Of(SyntaxTree tree, CancellationToken cancellation) =>
        s_known.TryGetValue(tree, out FileCalls? known) ? known : Read(tree, tree.GetRoot(cancellation));

    private static FileCalls Read(SyntaxTree tree, SyntaxNode root)
    {
        var reader = new Reader(root);
        FileCalls read = reader.Read();
        return s_known.GetValue(tree, _ => read);
    }

    private sealed class Reader(SyntaxNode root)
    {
        private readonly List<BodyCalls> _bodies = [];
        private readonly List<int> _mappings = [];
        private readonly Stack<(OpenBody Body, int End)> _open = new();
        private readonly HashSet<string> _sessionNames = new(StringComparer.Ordinal) { "Session" };
        private bool _mentionsCurrent;
        private bool _hasStaticUsing;

        public FileCalls Read()
        {
            OpenBody? topLevel = null;
            foreach (SyntaxNode node in root.DescendantNodes(static node => node is not (TypeSyntax or AttributeListSyntax or ParameterListSyntax or BaseListSyntax)))
            {
                while (_open.Count > 0 && node.SpanStart >= _open.Peek().End)
                    Close();
                switch (node)
                {
                    case UsingDirectiveSyntax directive:
                        Directive(directive);
                        break;
                    case GlobalStatementSyntax statement:
                        topLevel ??= new OpenBody(BodyKind.TopLevel, "", root.Span, mayBeEntry: true);
                        _open.Push((topLevel, statement.Span.End));
                        break;
                    case MethodDeclarationSyntax method:
                        bool mayBeEntry = method.AttributeLists.Count > 0 || method.Modifiers.Any(SyntaxKind.PublicKeyword) || method.Modifiers.Any(SyntaxKind.OverrideKeyword);
                        Open(node, BodyKind.Method, method.Identifier.ValueText, mayBeEntry);
                        break;
                    case LocalFunctionStatementSyntax function:
                        Open(node, BodyKind.LocalFunction, function.Identifier.ValueText);
                        break;
                    case AnonymousFunctionExpressionSyntax:
                        Open(node, BodyKind.Lambda, "");
                        break;
                    case BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax:
                        Open(node, BodyKind.Unnamed, "");
                        break;
                    case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Current" } access:
                        _mentionsCurrent |= IsSession(access.Expression);
                        break;
                    case InvocationExpressionSyntax call when _open.Count > 0:
                        Call(_open.Peek().Body, call);
                        break;
                }
            }
            while (_open.Count > 0)
                Close();
            if (topLevel is not null)
                _bodies.Add(topLevel.Close());
            return new FileCalls([.. _bodies], [.. _mappings], _mentionsCurrent);
        }

        private void Directive(UsingDirectiveSyntax directive)
        {
            if (directive.NamespaceOrType is not NameSyntax name || CallSyntax.LastNameOf(name) != "Session")
                return;
            if (directive.Alias is { } alias)
                _sessionNames.Add(alias.Name.Identifier.ValueText);
            _hasStaticUsing |= directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword);
        }

        private void Call(OpenBody body, InvocationExpressionSyntax call)
        {
            if (CallSyntax.NameOf(call) is not { } nameSyntax)
                return;
            string name = nameSyntax.Identifier.ValueText;
            if (name.StartsWith("Map", StringComparison.Ordinal) && MayMap(name, call))
                _mappings.Add(nameSyntax.SpanStart);
            if (name is "End" or "Dispose" or "DisposeAsync" && ReceiverNameOf(call) is { } ended)
                body.Ends(ended);
            if (name is "Start" or "Resume" or "RunAsync" && IsOfSession(call))
                body.Starts(call.Span, name == "RunAsync" ? Keeping.Scoped : Keeping.Of(call));
            else
                body.Calls(name, Keeping.Of(call));
        }

        /// <summary><c>Map</c> alone is what object mappers are called by, too; a route tells them apart.</summary>
        private static bool MayMap(string name, InvocationExpressionSyntax call) => name switch
        {
            "MapGet" or "MapPost" or "MapPut" or "MapDelete" or "MapPatch" or "MapMethods" or "MapFallback" => true,
            "Map" => call.ArgumentList.Arguments is { Count: > 1 } arguments && arguments[0].Expression is LiteralExpressionSyntax,
            _ => false,
        };

        private bool IsOfSession(InvocationExpressionSyntax call) => call.Expression switch
        {
            MemberAccessExpressionSyntax access => IsSession(access.Expression),
            SimpleNameSyntax => _hasStaticUsing,
            _ => false,
        };

        private bool IsSession(ExpressionSyntax receiver) => _sessionNames.Contains(CallSyntax.LastNameOf(receiver));

        private static string? ReceiverNameOf(InvocationExpressionSyntax call) => call.Expression switch
        {
            MemberAccessExpressionSyntax access => NameOf(access.Expression),
            MemberBindingExpressionSyntax { Parent.Parent: ConditionalAccessExpressionSyntax access } => NameOf(access.Expression),
            _ => null,
        };

        private static string? NameOf(ExpressionSyntax receiver) =>
            receiver is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure ? NameOf(sure.Operand) : CallSyntax.LastNameOf(receiver) is { Length: > 0 } name ? name : null;

        private void Open(SyntaxNode node, BodyKind kind, string name, bool mayBeEntry = false) =>
            _open.Push((new OpenBody(kind, name, node.Span, mayBeEntry), node.Span.End));

        private void Close()
        {
            OpenBody body = _open.Pop().Body;
            // The statements of a program are one body, which is closed with the file.
            if (body.Kind != BodyKind.TopLevel)
                _bodies.Add(body.Close());
        }
    }

    private sealed class OpenBody(BodyKind kind, string name, TextSpan span, bool mayBeEntry)
    {
        private readonly List<(string Name, Keeping Keeping)> _called = [];
        private readonly List<(TextSpan Span, Keeping Keeping)> _starts = [];
        private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

        public BodyKind Kind => kind;

        public void Calls(string name, Keeping keeping) => _called.Add((name, keeping));

        public void Starts(TextSpan span, Keeping keeping) => _starts.Add((span, keeping));

        public void Ends(string name) => _ended.Add(name);

        public BodyCalls Close() => new(
            kind, name, span, mayBeEntry,
            [.. _called.GroupBy(static c => c.Name, StringComparer.Ordinal).Select(same => new CalledName(same.Key, same.All(c => c.Keeping.IsScopedIn(_ended))))],
            [.. _starts.Select(s => new SessionStart(s.Span.Start, s.Span.Length, s.Keeping.IsScopedIn(_ended)))]);
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentOps.Generators.Diagnostics.Sessions;

/// <summary>Who calls a method from outside.</summary>
internal enum EntryKind
{
    None,
    Program,

    /// <summary>Tests, hosted services, controllers, endpoints: code of a framework, and of what is registered with it, runs around them.</summary>
    Framework,
}

/// <summary>Tells the methods that a program begins with from all others, by what the frameworks' types are called.</summary>
internal sealed class EntryPoints
{
    private static readonly string[] s_tests =
    [
        "Xunit.FactAttribute", "Xunit.TheoryAttribute",
        "NUnit.Framework.TestAttribute", "NUnit.Framework.TestCaseAttribute", "NUnit.Framework.TestCaseSourceAttribute", "NUnit.Framework.TheoryAttribute",
        "Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute", "TUnit.Core.TestAttribute",
    ];

    private readonly IMethodSymbol? _main;
    private readonly ImmutableHashSet<ISymbol> _tests;
    private readonly INamedTypeSymbol? _hostedService;
    private readonly INamedTypeSymbol? _backgroundService;
    private readonly INamedTypeSymbol? _controller;
    private readonly INamedTypeSymbol? _endpoints;

    public EntryPoints(Compilation compilation, CancellationToken cancellation)
    {
        _main = compilation.GetEntryPoint(cancellation);
        _tests = s_tests.SelectMany(name => compilation.GetTypesByMetadataName(name)).ToImmutableHashSet<ISymbol>(SymbolEqualityComparer.Default);
        _hostedService = compilation.GetTypeByMetadataName("Microsoft.Extensions.Hosting.IHostedService");
        _backgroundService = compilation.GetTypeByMetadataName("Microsoft.Extensions.Hosting.BackgroundService");
        _controller = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Mvc.ControllerBase");
        _endpoints = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions");
    }

    /// <summary>Whether there can be any.</summary>
    public bool Any => _main is not null || HasFrameworks;

    /// <summary>Whether delegates can be made endpoints.</summary>
    public bool HasEndpoints => _endpoints is not null;

    private bool HasFrameworks => !_tests.IsEmpty || _hostedService is not null || _controller is not null || _endpoints is not null;

    /// <summary>Whether a body can be one, by its syntax. Spares binding the declarations of all others.</summary>
    public bool MayBe(BodyCalls body) => body.Kind switch
    {
        BodyKind.TopLevel => _main is not null,
        BodyKind.Method => body.Name == _main?.Name || (body.MayBeEntry && HasFrameworks) || (_hostedService is not null && body.Name is "StartAsync"),
        _ => false,
    };

    public EntryKind KindOf(IMethodSymbol method)
    {
        if (_main is not null && SymbolEqualityComparer.Default.Equals(method, _main))
            return EntryKind.Program;
        return IsTest(method) || IsHosted(method) || IsAction(method) ? EntryKind.Framework : EntryKind.None;
    }

    /// <summary>The delegate that a call makes an endpoint of: a lambda or a method.</summary>
    public IOperation? EndpointOf(IInvocationOperation call)
    {
        if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, _endpoints))
            return null;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            IOperation value = SessionTypes.Stripped(argument.Value);
            if (value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation or IMethodReferenceOperation } made)
                return made.Target;
        }
        return null;
    }

    private bool IsTest(IMethodSymbol method)
    {
        if (_tests.IsEmpty)
            return false;
        foreach (AttributeData attribute in method.GetAttributes())
        {
            for (INamedTypeSymbol? type = attribute.AttributeClass; type is not null; type = type.BaseType)
            {
                if (_tests.Contains(type))
                    return true;
            }
        }
        return false;
    }

    private bool IsHosted(IMethodSymbol method)
    {
        if (method is { Name: "ExecuteAsync", IsOverride: true })
        {
            IMethodSymbol first = method;
            while (first.OverriddenMethod is { } overridden)
                first = overridden;
            return _backgroundService is not null && SymbolEqualityComparer.Default.Equals(first.ContainingType, _backgroundService);
        }
        if (_hostedService is null || method.ContainingType is not { } type || !method.Name.EndsWith("StartAsync", StringComparison.Ordinal))
            return false;
        return type.AllInterfaces.Contains(_hostedService, SymbolEqualityComparer.Default)
            && _hostedService.GetMembers("StartAsync").Any(member => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), method));
    }

    private bool IsAction(IMethodSymbol method)
    {
        if (_controller is null || method is not { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsAbstract: false, MethodKind: MethodKind.Ordinary, IsOverride: false, IsGenericMethod: false }
            || method.ContainingType.IsAbstract
            || method.GetAttributes().Any(static a => a.AttributeClass?.Name == "NonActionAttribute"))
        {
            return false;
        }
        for (INamedTypeSymbol? type = method.ContainingType.BaseType; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, _controller))
                return true;
        }
        return false;
    }
}

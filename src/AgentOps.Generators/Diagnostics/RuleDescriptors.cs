using AgentOps.Generators.Calls;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Diagnostics;

/// <summary>What each rule says: what happens, and how to have the call recorded after all.</summary>
internal static class RuleDescriptors
{
    private const string Category = "AgentOps.Recording";

    /// <summary>Where the page of each rule is read; the pages lie in <c>docs/rules</c>.</summary>
    private const string Pages = "https://agentops-dotnet.example/docs/rules/";

    public static readonly DiagnosticDescriptor NotAnOrdinaryMethod = Warning(
        RuleIds.NotAnOrdinaryMethod, "Only ordinary methods are recorded",
        "This call of '{0}' is not recorded: local functions and lambdas cannot be intercepted; move '{0}' to a method of a type");

    public static readonly DiagnosticDescriptor UnsupportedSignature = Warning(
        RuleIds.UnsupportedSignature, "The method's signature is not recorded",
        "This call of '{0}' is not recorded: its signature has variable arguments (__arglist), or pointers where unsafe code is not allowed; mark a method that wraps it");

    /// <summary>The same rule for another reason, which only previews of C# 14 give: what to do about it differs.</summary>
    public static readonly DiagnosticDescriptor ExtensionBlock = Warning(
        RuleIds.UnsupportedSignature, "The method's signature is not recorded",
        "This call of '{0}' is not recorded: this version of the compiler cannot intercept members of an extension block; build with the .NET 10 SDK or later, or make '{0}' a method with a 'this' parameter");

    public static readonly DiagnosticDescriptor UnnameableType = Warning(
        RuleIds.UnnameableType, "A type of the method's signature cannot be named",
        "This call of '{0}' is not recorded: its signature, or the type it stands in, has a type that generated code cannot name: a private, protected or file-local one, or one whose full name means another type or none; make the type internal, and its reference free of aliases");

    public static readonly DiagnosticDescriptor InaccessibleMethod = Warning(
        RuleIds.InaccessibleMethod, "The method cannot be called from generated code",
        "This call of '{0}' is not recorded: the method is private or protected, and this target framework gives generated code no way to it; make it internal, or target .NET 8 (in generic types and methods .NET 9, in static classes .NET 10) or later");

    public static readonly DiagnosticDescriptor AsyncVoid = Warning(
        RuleIds.AsyncVoid, "The end of an async void method is not recorded",
        "Calls of '{0}' are recorded up to its first await only, and what it throws after that is not: it is async void; return Task, or have the handler call a marked method that does",
        "Nobody can know when an async void method ends, the recorder neither. Return Task instead; where a handler must return void, mark the method that it calls.");

    public static readonly DiagnosticDescriptor ConflictingMarks = Error(
        RuleIds.ConflictingMarks, "The method is marked twice",
        "'{0}' is marked as {1} and as {2}, and a call makes one event: {1} is recorded; remove this attribute or the other",
        "A call of a method makes one event of one kind. Remove all recording attributes but one.");

    /// <summary>The same rule for marks that contradict what the method does.</summary>
    public static readonly DiagnosticDescriptor BrokenLeaf = Warning(
        RuleIds.ConflictingMarks, "The method is marked as a leaf and is none",
        "'{0}' is marked with Leaf = true and calls the recorded '{1}' here, whose event will hang beside that of '{0}' and not below it; remove Leaf");

    public static readonly DiagnosticDescriptor MarksDisagree = Info(
        RuleIds.MarksDisagree, "What is recorded depends on the type that is called through",
        "'{0}' is {1} and '{2}', through which it may be called, is {3}; mark '{2}' alone, which covers both, or both alike",
        "Which attribute counts is decided where the call is compiled, by the type that it goes through. An attribute on the base or interface member covers what overrides or implements it.");

    public static readonly DiagnosticDescriptor CommonName = Info(
        RuleIds.CommonName, "Many calls have the name of the recorded method",
        "Every call of any '{0}' is looked at by each build, and while code is edited, to find those of this method; give it a name that few other methods have",
        "Calls are found by their name first, and only those with a recorded name are looked at closely. A name that few other methods have keeps builds and editors fast.");

    public static readonly DiagnosticDescriptor BodyMissing = Error(
        RuleIds.BodyMissing, "The recorded method's body cannot be generated",
        "'{0}' is partial and recorded, so its body is generated around the method that does the work; {1}");

    public static readonly DiagnosticDescriptor NotDecorated = Error(
        RuleIds.NotDecorated, "The recorded interface cannot have a decorator",
        "'{0}' has no decorator, so calls through it are not recorded; {1}");

    /// <summary>The same rule for one member: the rest of the interface is recorded.</summary>
    public static readonly DiagnosticDescriptor PassedOnUnrecorded = Warning(
        RuleIds.NotDecorated, "A member of the recorded interface is not recorded",
        "Calls of '{0}' through the decorator are passed on and not recorded: its signature has a pointer, a by-reference result, variable arguments or a type that generated code cannot name; change it, or mark it [DoNotRecord]");

    public static readonly DiagnosticDescriptor MethodGroup = Warning(
        RuleIds.MethodGroup, "Calls through a delegate are not recorded",
        "'{0}' becomes a delegate here, and calls through it are not recorded; wrap it in a lambda, whose call of '{0}' is");

    public static readonly DiagnosticDescriptor BaseCall = Warning(
        RuleIds.BaseCall, "A base call is not recorded",
        "This base call of '{0}' is not recorded: forwarding it would call the override again; move the base implementation to a method of its own and mark that");

    public static readonly DiagnosticDescriptor TypeParameterReceiver = Warning(
        RuleIds.TypeParameterReceiver, "A call on a type parameter is not recorded",
        "This call of '{0}' is not recorded: its receiver's type is a type parameter; constrain it to 'class', or call through the interface");

    public static readonly DiagnosticDescriptor Dynamic = Warning(
        RuleIds.Dynamic, "A dynamic call is not recorded",
        "This call of '{0}' is not recorded: it is bound at run time; cast the dynamic receiver or argument to its type");

    public static readonly DiagnosticDescriptor ExpressionTree = Info(
        RuleIds.ExpressionTree, "A call in an expression tree is not recorded",
        "This call of '{0}' is not recorded: it stands in an expression tree, which is data and not run here; call it outside and use its result");

    public static readonly DiagnosticDescriptor DuplicateContent = Error(
        RuleIds.DuplicateContent, "Two files have the same content",
        "No call in this file is recorded: another file has the same content, and the compiler cannot tell them apart; change either, a comment is enough");

    public static readonly DiagnosticDescriptor UnsupportedSyntax = Warning(
        RuleIds.UnsupportedSyntax, "The call is written in a way that is not recorded",
        "This call of '{0}' is not recorded: the compiler makes it itself, or it is not written as a plain call; call '{0}' by its name");

    /// <summary>For those who look: an editor or an audit gives it the severity it wants.</summary>
    public static readonly DiagnosticDescriptor RecordedCall = new(
        RuleIds.RecordedCall, "The call is recorded",
        "This call of '{0}' is recorded as {1} '{2}'; [DoNotRecord] on the code around it would leave it out",
        Category, DiagnosticSeverity.Hidden, isEnabledByDefault: true, helpLinkUri: PageOf(RuleIds.RecordedCall));

    public static readonly DiagnosticDescriptor TaskNotAwaited = Warning(
        RuleIds.TaskNotAwaited, "The recorded call is not awaited",
        "The task that this call of '{0}' returns is dropped, so that nobody sees it fail, and its event may have no end in the session; await it, or write '_ =' in front if that is meant",
        "An event ends when its task does. A task that nobody waits for may end after the session, or never. Await the call.");

    /// <summary>The same rule for the opposite: waited for once too often.</summary>
    public static readonly DiagnosticDescriptor ValueTaskConsumedTwice = Warning(
        RuleIds.TaskNotAwaited, "The recorded call is awaited twice",
        "'{1}' is a ValueTask of the recorded '{0}' and is awaited here a second time, when it may already stand for another call; await it once and keep the result, or call AsTask() first",
        "A ValueTask may be awaited once.");

    public static readonly DiagnosticDescriptor StreamNotRead = Info(
        RuleIds.StreamNotRead, "The recorded stream is never read",
        "The stream that this call of '{0}' returns is not read, so nothing of it runs and its event has no end; read it with 'await foreach'",
        "An asynchronous stream runs while it is read. Read it, or remove the call.");

    public static readonly DiagnosticDescriptor GenericRecursion = Warning(
        RuleIds.GenericRecursion, "A generic method's call of itself is not recorded",
        "This call of '{0}' is not recorded: '{0}' calls itself with its own type parameters, which the compiler lets nobody intercept; have '{0}' call a method without a mark that does the rounds",
        "The compiler takes no interceptor for a call that a generic method makes of itself with its own type parameters. Move the work into a method that is not marked: the call from outside is recorded, and has all rounds in it.");

    public static readonly DiagnosticDescriptor NamespaceNotListed = Error(
        RuleIds.NamespaceNotListed, "Interceptors are not switched on",
        "No call in this project is recorded: the property InterceptorsNamespaces does not list AgentOps.Generated; reference the AgentOps package, or add <InterceptorsNamespaces>$(InterceptorsNamespaces);AgentOps.Generated</InterceptorsNamespaces> to the project");

    public static readonly DiagnosticDescriptor InvalidCaptureValue = Error(
        RuleIds.InvalidCaptureValue, "The value says nothing that can be captured or redacted",
        "'{0}' is no value of {1}, and as little as can be is recorded because of it; write {2}");

    public static readonly DiagnosticDescriptor NamedOnly = Info(
        RuleIds.NamedOnly, "A value is recorded as the name of its type only",
        "{0} is recorded as the name of its type only; {1}");

    public static readonly DiagnosticDescriptor SecretByName = Info(
        RuleIds.SecretByName, "A value is kept out of the record because of its name",
        "{0} is named like a secret and so kept out of the record; say {1} if it is one, or {2} to have it recorded");

    public static readonly DiagnosticDescriptor OutputNotCaptured = Warning(
        RuleIds.OutputNotCaptured, "What the call leaves in a parameter is not captured",
        "What '{0}' leaves in '{1}' is not captured: the call ends later than it returns, when the caller's variable may be gone; return the value with the result",
        "Values of out and ref parameters are captured at the end of a call that ends when it returns. A task or stream ends later. Return the value as part of the result.");

    public static readonly DiagnosticDescriptor RuntimeNotReferenced = new(
        RuleIds.RuntimeNotReferenced, "Recorded methods are called without the recorder",
        "No call in this project is recorded, although {0} marks methods such as '{1}': the project does not reference AgentOps; add <PackageReference Include=\"AgentOps\" />",
        Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        description: "Calls are recorded by the project that makes them, which needs a reference to the AgentOps package of its own or through the project that marks the methods.",
        helpLinkUri: PageOf(RuleIds.RuntimeNotReferenced), customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor LanguageTooOld = new(
        RuleIds.LanguageTooOld, "The language version is too old to record",
        "No call in this project is recorded: generated code needs C# 11, and the project is compiled as C# {0}; set <LangVersion>latest</LangVersion>",
        Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
        description: "Generated code keeps its types to its own file, which C# 11 brought. Set LangVersion to 11 or later.",
        helpLinkUri: PageOf(RuleIds.LanguageTooOld), customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor NamespaceHidden = new(
        RuleIds.NamespaceHidden, "A type hides the recorder",
        "No call in this project is recorded, although it calls recorded methods such as '{1}': the type '{0}' stands outside of all namespaces and hides the namespace '{0}', which generated code has to name; move the type into a namespace, or give it another name",
        Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        description: "Where a type has the name of a namespace, nothing in that namespace can be named. Generated code names types of AgentOps and of System. Move the type into a namespace, or rename it.",
        helpLinkUri: PageOf(RuleIds.NamespaceHidden), customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor UnknownUsage = Info(
        RuleIds.UnknownUsage, "How many tokens a model call used is not known",
        "What '{0}' returns does not say how many tokens were used, so that its usage and cost are recorded as unknown; {1}");

    public static readonly DiagnosticDescriptor SwitchedOff = new(
        RuleIds.SwitchedOff, "Recording is switched off",
        "No call in this project is recorded: the property AgentOpsRecording is false, although methods such as '{0}' are marked; remove the property to record them",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: PageOf(RuleIds.SwitchedOff), customTags: WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>The rule that a refusal is reported under.</summary>
    public static DiagnosticDescriptor For(RefusalReason reason) => reason switch
    {
        RefusalReason.UnnameableType => UnnameableType,
        RefusalReason.InaccessibleMethod => InaccessibleMethod,
        RefusalReason.UnsupportedSignature => UnsupportedSignature,
        RefusalReason.ExtensionBlock => ExtensionBlock,
        RefusalReason.MethodGroup => MethodGroup,
        RefusalReason.BaseCall => BaseCall,
        RefusalReason.TypeParameterReceiver => TypeParameterReceiver,
        RefusalReason.GenericRecursion => GenericRecursion,
        RefusalReason.Dynamic => Dynamic,
        RefusalReason.ExpressionTree => ExpressionTree,
        RefusalReason.NotAnOrdinaryMethod => NotAnOrdinaryMethod,
        RefusalReason.UnsupportedSyntax => UnsupportedSyntax,
        RefusalReason.DuplicateContent => DuplicateContent,
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A call that is not refused has no rule."),
    };

    /// <summary>The address of a rule's page.</summary>
    public static string PageOf(string id) => Pages + id + ".md";

    /// <summary>A rule as every one here is: of one category, on by itself, with a page.</summary>
    public static DiagnosticDescriptor Rule(string id, DiagnosticSeverity severity, string title, string message, string? description, params string[] tags) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, description, PageOf(id), tags);

    private static DiagnosticDescriptor Warning(string id, string title, string message, string? description = null) => Rule(id, DiagnosticSeverity.Warning, title, message, description);

    private static DiagnosticDescriptor Info(string id, string title, string message, string? description = null) => Rule(id, DiagnosticSeverity.Info, title, message, description);

    private static DiagnosticDescriptor Error(string id, string title, string message, string? description = null) => Rule(id, DiagnosticSeverity.Error, title, message, description);
}

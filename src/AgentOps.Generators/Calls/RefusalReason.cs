namespace AgentOps.Generators.Calls;

/// <summary>Why a call of a recorded method is not recorded where it stands. Each has a diagnostic, except the user's own wish.</summary>
internal enum RefusalReason
{
    None,

    /// <summary>A type in the method's signature cannot be named from generated code.</summary>
    UnnameableType,

    /// <summary>The method is private or protected, and the target framework has no accessor that could reach it.</summary>
    InaccessibleMethod,

    /// <summary>The signature has a shape that is not recorded: variable arguments, or pointers without unsafe code.</summary>
    UnsupportedSignature,

    /// <summary>The method stands in an extension block, and the compiler is too old to intercept it.</summary>
    ExtensionBlock,

    /// <summary>The method is converted to a delegate, not called.</summary>
    MethodGroup,

    /// <summary><c>base.M()</c>: forwarding would call the override again.</summary>
    BaseCall,

    /// <summary>The receiver's type is a type parameter, or the method is static abstract.</summary>
    TypeParameterReceiver,

    /// <summary>A generic method calls itself with its own type parameters, and the compiler does not find an interceptor's signature to match.</summary>
    GenericRecursion,

    /// <summary>The call is bound at run time.</summary>
    Dynamic,

    /// <summary>The call stands in an expression tree, whose consumers read it.</summary>
    ExpressionTree,

    /// <summary>Local functions and delegates cannot be intercepted.</summary>
    NotAnOrdinaryMethod,

    /// <summary>The call is written in a way that interceptors do not take.</summary>
    UnsupportedSyntax,

    /// <summary>The method's declaration does not compile; the compiler says so itself.</summary>
    Unsound,

    /// <summary>The file has the same content as another.</summary>
    DuplicateContent,

    /// <summary>The code around the call is marked with <c>[DoNotRecord]</c>.</summary>
    OptedOut,
}

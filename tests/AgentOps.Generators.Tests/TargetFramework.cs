using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgentOps.Generators.Tests;

/// <summary>As much of a framework as tells which one it is, and as programs without any call of it need.</summary>
internal static class TargetFramework
{
    public static CompilationReference Version(int version) => CSharpCompilation.Create(
        "corlib",
        [CSharpSyntaxTree.ParseText(
            $$"""
            [assembly: System.Reflection.AssemblyVersion("{{version}}.0.0.0")]
            namespace System { public class Object; public class ValueType; public struct Void; public struct Int32; public struct Boolean; public class String; public class Enum : ValueType; public class Attribute; public class Exception; }
            namespace System.Reflection { public class AssemblyVersionAttribute : Attribute { public AssemblyVersionAttribute(string v) { } } }
            namespace System.Runtime.CompilerServices { {{(version >= 8 ? "public class UnsafeAccessorAttribute : Attribute;" : "")}} {{(version >= 10 ? "public class UnsafeAccessorTypeAttribute : Attribute;" : "")}} }
            """)],
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).ToMetadataReference();
}

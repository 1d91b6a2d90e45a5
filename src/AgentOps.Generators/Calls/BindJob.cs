using System.Runtime.CompilerServices;
using AgentOps.Generators.Declarations;
using Microsoft.CodeAnalysis;

namespace AgentOps.Generators.Calls;

/// <summary>
/// Binds one file once. Two jobs are equal when tree, positions and shape are the same objects, whatever the compilation; the
/// driver then keeps the first, whose result is still right, and which holds no compilation any more.
/// </summary>
/// <remarks>
/// A plain tuple with the compilation under such a comparer would keep the compilation of every file's last edit alive; a weak
/// reference would lose it when a later step fails and the step is run again.
/// </remarks>
/// <param name="candidates">What the file may have to do with recording.</param>
/// <param name="shape">The declarations that it is bound under.</param>
/// <param name="compilation">What it is bound in.</param>
internal abstract class BindJob<T>(CallCandidates candidates, DeclarationShape shape, Compilation compilation) : IEquatable<BindJob<T>>
    where T : class
{
    private readonly object _lock = new();
    private Compilation? _compilation = compilation;
    private T? _result;

    private CallCandidates Candidates { get; } = candidates;

    private DeclarationShape Shape { get; } = shape;

    public T GetResult(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_result is null)
            {
                _result = Bind(Candidates, Shape, _compilation!, cancellation);
                _compilation = null;
            }
            return _result;
        }
    }

    protected abstract T Bind(CallCandidates candidates, DeclarationShape shape, Compilation compilation, CancellationToken cancellation);

    public bool Equals(BindJob<T>? other) =>
        other is not null && ReferenceEquals(Shape, other.Shape) && Candidates.Equals(other.Candidates);

    public override bool Equals(object? obj) => Equals(obj as BindJob<T>);

    public override int GetHashCode() => (Candidates.GetHashCode() * 31) ^ RuntimeHelpers.GetHashCode(Shape);
}

/// <summary>Binds the calls of a file.</summary>
internal sealed class CallJob(CallCandidates candidates, DeclarationShape shape, Compilation compilation) : BindJob<FileResult>(candidates, shape, compilation)
{
    protected override FileResult Bind(CallCandidates candidates, DeclarationShape shape, Compilation compilation, CancellationToken cancellation) =>
        CallBinder.Bind(candidates, shape, compilation, cancellation);
}

/// <summary>Binds the declarations of a file that are to be completed.</summary>
internal sealed class PartJob(CallCandidates candidates, DeclarationShape shape, Compilation compilation) : BindJob<PartResult>(candidates, shape, compilation)
{
    protected override PartResult Bind(CallCandidates candidates, DeclarationShape shape, Compilation compilation, CancellationToken cancellation) =>
        PartBinder.Bind(candidates, shape, compilation, cancellation);
}

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
internal sealed class BindJob(CallCandidates candidates, DeclarationShape shape, Compilation compilation) : IEquatable<BindJob>
{
    private readonly object _lock = new();
    private Compilation? _compilation = compilation;
    private FileResult? _result;

    private CallCandidates Candidates { get; } = candidates;

    private DeclarationShape Shape { get; } = shape;

    public FileResult GetResult(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_result is null)
            {
                _result = CallBinder.Bind(Candidates, Shape, _compilation!, cancellation);
                _compilation = null;
            }
            return _result;
        }
    }

    public bool Equals(BindJob? other) =>
        other is not null && ReferenceEquals(Shape, other.Shape) && Candidates.Equals(other.Candidates);

    public override bool Equals(object? obj) => Equals(obj as BindJob);

    public override int GetHashCode() => (Candidates.GetHashCode() * 31) ^ RuntimeHelpers.GetHashCode(Shape);
}

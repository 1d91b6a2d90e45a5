using Microsoft.CodeAnalysis;

namespace AgentOps.CodeFixes.Editing;

/// <summary>One way to set a place right. Of several with one key the first is offered whose result compiles.</summary>
/// <param name="Title">What it does, as an editor shows it.</param>
/// <param name="Key">What mends of many places have in common that are made together.</param>
/// <param name="Edits">The changes.</param>
internal sealed record Mend(string Title, string Key, EditSet Edits)
{
    /// <summary>Whether the mended code is what was wanted, where compiling does not say so.</summary>
    public Func<Solution, CancellationToken, Task<bool>>? IsRight { get; init; }

    /// <summary>The solution with the mend made; <see langword="null"/> if that has errors that were not there.</summary>
    public async Task<Solution?> TryApplyAsync(Solution solution, CancellationToken cancellation)
    {
        if (Edits.IsEmpty)
            return null;
        Solution mended = await Edits.ApplyToAsync(solution, cancellation).ConfigureAwait(false);
        if (!await CompileCheck.HoldsAsync(solution, mended, Edits, cancellation).ConfigureAwait(false))
            return null;
        return IsRight is null || await IsRight(mended, cancellation).ConfigureAwait(false) ? mended : null;
    }
}

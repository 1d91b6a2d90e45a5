using AgentOps.CodeFixes.Editing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AgentOps.CodeFixes;

/// <summary>Offers the mends of a rule that leave code which compiles, at one place or at all.</summary>
public abstract class MendProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => EveryMend.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            MendPlace? place = await MendPlace.AtAsync(context.Document, diagnostic.Location.SourceSpan, diagnostic.Id, context.CancellationToken).ConfigureAwait(false);
            if (place is null)
                continue;
            var offered = new HashSet<string>(StringComparer.Ordinal);
            foreach (Mend mend in await FindAsync(place).ConfigureAwait(false))
            {
                if (offered.Contains(mend.Key) || await mend.TryApplyAsync(place.Solution, context.CancellationToken).ConfigureAwait(false) is not { } mended)
                    continue;
                offered.Add(mend.Key);
                context.RegisterCodeFix(CodeAction.Create(mend.Title, _ => Task.FromResult(mended), mend.Key), diagnostic);
            }
        }
    }

    /// <summary>What may be done about a diagnostic. Whether the result compiles is looked at elsewhere.</summary>
    private protected abstract Task<IReadOnlyList<Mend>> FindAsync(MendPlace place);

    internal Task<IReadOnlyList<Mend>> FindForAllAsync(MendPlace place) => FindAsync(place);
}

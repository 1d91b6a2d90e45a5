using System.Runtime.CompilerServices;
using AgentOps.Extensions.AI.Calls;
using AgentOps.Extensions.AI.Embeddings;
using Microsoft.Extensions.AI;

namespace AgentOps;

/// <summary>Puts recorders around embedding generators.</summary>
public static class EmbeddingGeneratorRecordingExtensions
{
    /// <summary>Wraps an embedding generator so that every request to it is recorded, whoever makes it.</summary>
    /// <param name="generator">What does the work. Disposing the wrapper disposes it. One that is wrapped already is returned as it is.</param>
    /// <param name="options">How to record.</param>
    /// <param name="file">Filled in by the compiler: the file that this is written in, of which the name is recorded.</param>
    /// <param name="line">Filled in by the compiler: the line.</param>
    /// <exception cref="ArgumentNullException"><paramref name="generator"/> is <see langword="null"/>.</exception>
    public static IEmbeddingGenerator<TInput, TEmbedding> Recorded<TInput, TEmbedding>(
        this IEmbeddingGenerator<TInput, TEmbedding> generator,
        ModelRecordingOptions? options = null,
        [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(generator);
        return generator is RecordedEmbeddingGenerator<TInput, TEmbedding>
            ? generator
            : new RecordedEmbeddingGenerator<TInput, TEmbedding>(generator, options ?? new(), new Place(file, line));
    }
}

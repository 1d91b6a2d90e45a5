namespace AgentOps.Extensions.Hosting.Lifetime;

/// <summary>
/// The one recorder of the process, as hosts share it: the first sets it up, and a later one, as tests have them, records to the same log,
/// whatever settings it has. Which of them have no effect is told.
/// </summary>
internal static class ProcessRecorder
{
    private static readonly object s_lock = new();
    private static RecorderOptions? s_applied;

    /// <summary>Opens the recorder with these options, if it is not open.</summary>
    /// <returns>The names of options that have no effect, as the recorder runs with others.</returns>
    public static IReadOnlyList<string> Open(RecorderOptions options)
    {
        lock (s_lock)
        {
            IReadOnlyList<string> ignored = [];
            try
            {
                Recorder.Configure(options);
                s_applied = options;
            }
            catch (InvalidOperationException)
            {
                ignored = [.. Differences(options, s_applied ?? new RecorderOptions())];
            }
            Recorder.Open();
            return ignored;
        }
    }

    private static IEnumerable<string> Differences(RecorderOptions wanted, RecorderOptions applied)
    {
        if (wanted.Directory != applied.Directory)
            yield return nameof(RecorderOptions.Directory);
        if (wanted.Application != applied.Application)
            yield return nameof(RecorderOptions.Application);
        if (wanted.MaxPayloadBytes != applied.MaxPayloadBytes)
            yield return nameof(RecorderOptions.MaxPayloadBytes);
        if (wanted.MaxLogBytes != applied.MaxLogBytes)
            yield return nameof(RecorderOptions.MaxLogBytes);
        if (wanted.MaxLogAge != applied.MaxLogAge)
            yield return nameof(RecorderOptions.MaxLogAge);
        if (wanted.FlushInterval != applied.FlushInterval)
            yield return nameof(RecorderOptions.FlushInterval);
        if (wanted.PoolValueTasks != applied.PoolValueTasks)
            yield return nameof(RecorderOptions.PoolValueTasks);
        if (wanted.Capture != applied.Capture)
            yield return nameof(RecorderOptions.Capture);
        if (wanted.EraseSecretNames != applied.EraseSecretNames)
            yield return nameof(RecorderOptions.EraseSecretNames);
        if (!wanted.RedactionKey.Span.SequenceEqual(applied.RedactionKey.Span))
            yield return nameof(RecorderOptions.RedactionKey);
        if (!ReferenceEquals(wanted.JsonTypeInfoResolver, applied.JsonTypeInfoResolver))
            yield return nameof(RecorderOptions.JsonTypeInfoResolver);
    }
}

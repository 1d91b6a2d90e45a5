using System.Text.Encodings.Web;
using System.Text.Json;
using AgentOps.Events;
using AgentOps.Metrics;
using AgentOps.Pricing;

namespace AgentOps.Export;

/// <summary>Writes events as JSON Lines: one object a line, UTF-8. The fields are described in <c>docs/json-lines.md</c>.</summary>
public static class JsonLinesExporter
{
    private static readonly byte[] s_newLine = "\n"u8.ToArray();

    private static readonly JsonWriterOptions s_options = new()
    {
        // Prompts are read by people; only what would end the line or the string is escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a file, in place of what is there. The file appears under its name only when it is whole.</summary>
    /// <param name="events">The events, in the order to write. Read once, to the end, before the first line is written.</param>
    /// <param name="path">The file. Its folder is created.</param>
    /// <param name="prices">What model calls are priced with; <see cref="PriceTable.Default"/> when left out.</param>
    /// <param name="cancellationToken">Leaves the old file as it is.</param>
    /// <exception cref="InvalidDataException">There are model calls to price, and the file of <see cref="PriceTable.Default"/> is no price file.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static async Task WriteAsync(IEnumerable<AgentEvent> events, string path, PriceTable? prices = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string partial = full + ".partial";
        // Outside of the try: a file that another export holds open is not ours to delete.
        var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024, useAsync: true);
        try
        {
            await using (file.ConfigureAwait(false))
            {
                await WriteToAsync(events, file, prices, cancellationToken).ConfigureAwait(false);
            }
            File.Move(partial, full, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>Writes to a stream, which stays open.</summary>
    /// <param name="events">The events, in the order to write. Read once, to the end, before the first line is written.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="prices">What model calls are priced with; <see cref="PriceTable.Default"/> when left out.</param>
    /// <param name="cancellationToken">Stops between two lines.</param>
    /// <exception cref="InvalidDataException">There are model calls to price, and the file of <see cref="PriceTable.Default"/> is no price file.</exception>
    public static async Task WriteToAsync(IEnumerable<AgentEvent> events, Stream stream, PriceTable? prices = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(stream);
        IReadOnlyList<AgentEvent> all = events as IReadOnlyList<AgentEvent> ?? Collect(events, cancellationToken);
        var line = new System.Buffers.ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(line, s_options);
        var writer = new JsonLineWriter(new Lazy<PriceTable>(() => prices ?? PriceTable.Default), CountedCalls.Of(all));
        foreach (AgentEvent e in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Write(json, e);
            json.Flush();
            await stream.WriteAsync(line.WrittenMemory, cancellationToken).ConfigureAwait(false);
            await stream.WriteAsync(s_newLine, cancellationToken).ConfigureAwait(false);
            line.ResetWrittenCount();
            json.Reset(line);
        }
    }

    /// <summary>What counts is decided by what comes later in the order too: calls start before those inside them.</summary>
    private static List<AgentEvent> Collect(IEnumerable<AgentEvent> events, CancellationToken cancellationToken)
    {
        var all = new List<AgentEvent>();
        foreach (AgentEvent e in events)
        {
            cancellationToken.ThrowIfCancellationRequested();
            all.Add(e);
        }
        return all;
    }
}

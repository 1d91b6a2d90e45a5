using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AgentOps.Events;
using AgentOps.Export;
using AgentOps.Metrics;
using AgentOps.Pricing;

namespace AgentOps.Tool.Export;

/// <summary>JSON Lines, the same bytes that the library's exporter writes.</summary>
internal sealed class JsonLinesFormat(CountedCalls counted) : IEventFormat, IDisposable
{
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly JsonLineWriter _writer = new(new Lazy<PriceTable>(static () => PriceTable.Default), counted);
    private Utf8JsonWriter? _json;

    public ReadOnlyMemory<byte> Head => default;

    public ReadOnlyMemory<byte> Encode(AgentEvent e)
    {
        _line.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        _json.Reset(_line);
        _writer.Write(_json, e);
        _json.Flush();
        _line.Write("\n"u8);
        return _line.WrittenMemory;
    }

    public void Dispose() => _json?.Dispose();
}

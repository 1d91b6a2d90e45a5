using System.Text.Json;
using AgentOps.Events;
using AgentOps.Export;
using AgentOps.Metrics;
using AgentOps.Pricing;

namespace AgentOps.Tool.Json;

/// <summary>Events as JSON objects, with the fields of <c>docs/json-lines.md</c>.</summary>
internal sealed class EventJson(IReadOnlyList<AgentEvent> all)
{
    private readonly JsonLineWriter _writer = new(new Lazy<PriceTable>(static () => PriceTable.Default), CountedCalls.Of(all));

    public void Write(Utf8JsonWriter json, AgentEvent e) => _writer.Write(json, e);
}

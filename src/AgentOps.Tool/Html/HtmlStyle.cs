namespace AgentOps.Tool.Html;

/// <summary>The looks of the page, in light and dark.</summary>
internal static class HtmlStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --bg: #fbfbfa; --card: #fff; --ink: #1c1e21; --quiet: #6b7076; --line: #e4e5e7;
          --good: #1a7f4b; --bad: #c5302b; --warn: #9a6700; --llm: #8250df; --tool: #0a7d8c; --action: #2f6fdb; }
        @media (prefers-color-scheme: dark) { :root { --bg: #131518; --card: #1b1e22; --ink: #e8eaed; --quiet: #9aa0a8; --line: #2c3137;
          --good: #4cc38a; --bad: #ff7b72; --warn: #e3b341; --llm: #c297ff; --tool: #56d4dd; --action: #79b0ff; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--bg); color: var(--ink); font: 14px/1.5 system-ui, sans-serif; }
        main { max-width: 1120px; margin: 0 auto; padding: 32px 24px; }
        h1 { font-size: 24px; margin: 0 0 4px; overflow-wrap: anywhere; }
        h2 { font-size: 15px; margin: 0 0 12px; }
        p { margin: 4px 0; overflow-wrap: anywhere; }
        code { font: 12px ui-monospace, monospace; color: var(--quiet); }
        time, .quiet, footer { color: var(--quiet); }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px 20px; margin: 16px 0; overflow-x: auto; }
        .figures { display: flex; flex-wrap: wrap; gap: 8px 36px; }
        .figure b { display: block; font-size: 22px; font-weight: 600; font-variant-numeric: tabular-nums; }
        .figure span { color: var(--quiet); }
        .figure.bad b, .bad, .reason.fail, .reason.crashed { color: var(--bad); }
        .state { font-weight: 600; color: var(--warn); } .state.success { color: var(--good); } .state.fail, .state.crashed { color: var(--bad); } .state.open { color: var(--action); }
        .tag { border: 1px solid var(--line); border-radius: 10px; padding: 0 8px; color: var(--quiet); }
        table { border-collapse: collapse; width: 100%; }
        th { text-align: left; font-weight: 500; color: var(--quiet); }
        th, td { padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
        tr:last-child td { border-bottom: 0; }
        .n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        svg { display: block; } svg.bar { display: inline-block; }
        svg text { font: 12px system-ui, sans-serif; fill: var(--ink); } svg text.quiet { fill: var(--quiet); } svg text.bad { fill: var(--bad); }
        .input { fill: var(--action); background: var(--action); } .output { fill: var(--llm); background: var(--llm); }
        .llm { fill: var(--llm); } .tool { fill: var(--tool); } .action { fill: var(--action); } rect.bad { fill: var(--bad); }
        .success { fill: var(--good); } .fail, .crashed { fill: var(--bad); } .open { fill: var(--action); } .indeterminate { fill: var(--warn); }
        .grid { stroke: var(--line); } .key { display: inline-block; width: 10px; height: 10px; border-radius: 2px; }
        @media print { section { break-inside: avoid; } }

        """;
}

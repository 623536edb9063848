namespace Hybrid.Stacks.Preview.Graph;

/// <summary>The colours of a drawing, for light and for dark pages; the text's contrast is at least 4.5 to 1 on both.</summary>
internal static class GraphStyle
{
    /// <summary>How many layers can be told apart by colour; more begin again.</summary>
    public const int Accents = 4;

    public const string Css = """
        :root { --page: #ffffff; --band: #f6f8fa; --box: #ffffff; --edge: #c8d1da; --text: #1f2328; --muted: #59636e; --data: #9a6700;
          --accent0: #0969da; --accent1: #8250df; --accent2: #1a7f37; --accent3: #bc4c00; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #0d1117; --band: #151b23; --box: #212830; --edge: #444c56; --text: #f0f6fc; --muted: #a5adb7; --data: #e3b341;
            --accent0: #58a6ff; --accent1: #bc8cff; --accent2: #56d364; --accent3: #f0883e; } }
        text { font-family: system-ui, -apple-system, "Segoe UI", "Liberation Sans", "DejaVu Sans", sans-serif; fill: var(--text); }
        .page { fill: var(--page); } .band { fill: var(--band); stroke: var(--edge); } .box { fill: var(--box); stroke: var(--edge); }
        .outside { fill: var(--page); stroke: var(--muted); stroke-dasharray: 4 3; }
        .heading { font-size: 22px; font-weight: 600; } .layer { font-size: 16px; font-weight: 600; } .name { font-size: 14px; font-weight: 600; }
        .normal { font-size: 12.5px; } .small { font-size: 11.5px; } .muted { font-size: 11.5px; fill: var(--muted); } .count { font-size: 12.5px; fill: var(--muted); }
        .part { font-style: italic; } .data { fill: var(--data); } .line { fill: none; stroke: var(--muted); stroke-width: 1.5; } .head { fill: var(--muted); } .halo { fill: none; stroke: var(--page); stroke-width: 6; }
        .s0 { stroke: var(--accent0); } .s1 { stroke: var(--accent1); } .s2 { stroke: var(--accent2); } .s3 { stroke: var(--accent3); }
        .lane { fill: none; stroke-width: 2; } .read { fill: var(--box); stroke-width: 1.2; } .source { font-size: 12.5px; font-weight: 600; }
        .f0 { fill: var(--accent0); } .f1 { fill: var(--accent1); } .f2 { fill: var(--accent2); } .f3 { fill: var(--accent3); }
        """;
}

/** The sheet of the report page: ink on paper, light and dark, and black on white when printed. */
export const PAGE_STYLE = `
:root { color-scheme: light dark;
  --paper: light-dark(#fcfcfa, #12181a); --raised: light-dark(#ffffff, #182023); --wash: light-dark(#f1f3f1, #1d272a);
  --ink: light-dark(#15201f, #e8eeec); --ink-soft: light-dark(#4a5857, #a8b6b4);
  --hairline: light-dark(#d6dcda, #304044); --edge: light-dark(#7b8a88, #7d8f8d);
  --accent: light-dark(#0d4a57, #8fd0da); --accent-wash: light-dark(#e7f0f1, #17343a);
  --wait: light-dark(#7a4b00, #f0c274); --focus: light-dark(#0b63ce, #ffd257); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 "Public Sans Variable", "Public Sans", system-ui, sans-serif; }
main { max-width: 1000px; margin: 0 auto; padding: 48px 24px 64px; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 4px; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.25; margin: 0 0 12px; }
h3 { font-size: 1rem; margin: 24px 0 8px; }
p, li, figcaption { max-width: 68ch; }
p { margin: 0 0 12px; }
.kicker { font-size: .8125rem; letter-spacing: .04em; color: var(--ink-soft); margin: 0 0 8px; }
.soft { color: var(--ink-soft); font-size: .875rem; }
section { margin-top: 48px; padding-top: 24px; border-top: 1px solid var(--hairline); }
.key { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 12px; margin: 24px 0; padding: 0; }
.key div { background: var(--raised); border: 1px solid var(--hairline); border-radius: 8px; padding: 16px; }
.key dt { font-size: .8125rem; color: var(--ink-soft); line-height: 1.35; min-height: 2.7em; }
.key dd { margin: 0; }
.key .value { font-size: 1.75rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.key .ends { font-size: .8125rem; color: var(--ink-soft); font-variant-numeric: tabular-nums; }
.summary { background: var(--accent-wash); border-left: 4px solid var(--accent); border-radius: 0 8px 8px 0;
  padding: 16px 20px; margin: 24px 0; max-width: 76ch; }
.summary p:last-child { margin: 0; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 4px 24px; font-size: .875rem; margin: 0; }
.facts dt { color: var(--ink-soft); } .facts dd { margin: 0; overflow-wrap: anywhere; }
code { font: .8125rem ui-monospace, "SF Mono", "DejaVu Sans Mono", monospace; }
.scroll { overflow-x: auto; margin: 0 0 20px; }
.scroll:focus-visible, summary:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
table { border-collapse: collapse; min-width: min(100%, 640px); font-size: .875rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 0 0 8px; }
th, td { padding: 6px 14px; border-bottom: 1px solid var(--hairline); text-align: left; vertical-align: baseline; }
thead th { font-weight: 600; font-size: .8125rem; color: var(--ink-soft); border-bottom: 1px solid var(--edge);
  vertical-align: bottom; line-height: 1.3; }
tbody th { font-weight: 600; white-space: nowrap; }
.num { text-align: right; } td.num { white-space: nowrap; }
th:first-child, td:first-child { padding-left: 0; }
figure { margin: 0 0 24px; }
figcaption { font-size: .875rem; color: var(--ink-soft); margin-top: 4px; }
details { margin-top: 8px; } summary { cursor: pointer; color: var(--accent); font-size: .875rem; padding: 6px 0; width: max-content; }
.chart { display: block; width: 100%; max-width: 760px; height: auto; font-size: 12.5px; }
.chart text { fill: var(--ink-soft); font-variant-numeric: tabular-nums; }
.chart .axis { fill: var(--ink); font-weight: 600; font-size: 13px; } .chart .mark { fill: var(--ink); font-size: 12.5px; }
.grid { stroke: var(--hairline); } .fine { stroke-opacity: .5; }
.curve { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round; }
.bar { stroke: var(--accent); stroke-width: 1.5; fill: none; } .dot { fill: var(--accent); stroke: var(--paper); stroke-width: 1.5; }
footer { margin-top: 48px; padding-top: 16px; border-top: 1px solid var(--hairline); font-size: .8125rem; color: var(--ink-soft); }
@media (max-width: 600px) { main { padding: 24px 16px; } .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: 8px; } }
@media print { :root { color-scheme: light; --paper: #ffffff; } @page { margin: 16mm; } main { max-width: none; padding: 0; }
  body { font-size: 10pt; } figure, tr, .key div { break-inside: avoid; } h2, h3, caption { break-after: avoid; }
  details::details-content { content-visibility: visible; height: auto; } summary { display: none; } .scroll { overflow: visible; } }
`

/** The styles of an HTML document: one column, both colour schemes with at least 4.5:1 between text and ground, and A4. */
export const style = `:root {
	color-scheme: light dark;
	--ground: #ffffff; --text: #1b1f24; --dim: #57606a; --line: #c8ced5; --panel: #f4f6f8; --link: #0a56b0;
	--good: #1a6b35; --bad: #b01e28; --warn: #8a4b00; --warn-ground: #fff4e0; --blue: #1f5fa8;
}
@media (prefers-color-scheme: dark) {
	:root {
		--ground: #14181d; --text: #e3e7eb; --dim: #a2abb5; --line: #3a424b; --panel: #1d232a; --link: #7db8ff;
		--good: #6fcf8f; --bad: #ff8a8f; --warn: #f0b45c; --warn-ground: #2c2312; --blue: #7db8ff;
	}
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 60rem; background: var(--ground); color: var(--text);
	font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 2.75rem 0 0.1rem; padding-top: 0.75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 0.4rem; }
p, ul, ol { margin: 0.6rem 0; }
ul, ol { padding-left: 1.4rem; }
li { margin: 0.25rem 0; }
a { color: var(--link); }
.skip { position: absolute; left: 0.5rem; top: -4rem; padding: 0.5rem 1rem; background: var(--panel); border: 1px solid var(--line); }
.skip:focus { top: 0.5rem; }
.origin { margin: 0 0 0.9rem; font-size: 0.85rem; color: var(--dim); }
.origin::before { content: "\\25A0\\00A0"; }
.warning { padding: 0.7rem 1rem; background: var(--warn-ground); border-left: 0.3rem solid var(--warn); }
nav { margin: 1.5rem 0; padding: 0.5rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 0.4rem; font-size: 0.92rem; }
nav ol { columns: 16rem; column-gap: 2rem; padding-left: 1.8rem; }
nav li { break-inside: avoid; margin: 0; padding: 0.12rem 0; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.86em; }
code { overflow-wrap: anywhere; }
pre { margin: 0.6rem 0; padding: 0.7rem 0.9rem; background: var(--panel); border: 1px solid var(--line); border-radius: 0.3rem;
	white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.82rem; line-height: 1.45; }
pre code { font-size: inherit; }
blockquote { margin: 0.8rem 0; padding: 0.1rem 1rem; border-left: 0.3rem solid var(--blue); font-size: 1.15rem; }
.table { overflow-x: auto; margin: 0.8rem 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.88rem; line-height: 1.4; }
caption { text-align: left; color: var(--dim); font-size: 0.85rem; padding-bottom: 0.3rem; }
th, td { padding: 0.35rem 0.6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; min-width: 4rem; }
thead th { background: var(--panel); }
tbody th { font-weight: inherit; }
.short { white-space: nowrap; min-width: 0; }
@media (max-width: 45rem) { .wide table { min-width: 46rem; } caption { position: sticky; left: 0; max-width: 90vw; } }
figure { margin: 1.2rem 0; }
figure svg { display: block; width: 100%; height: auto; max-width: 32rem; }
figcaption { font-size: 0.85rem; color: var(--dim); margin-top: 0.4rem; }
svg text { fill: var(--text); font: 13px system-ui, "Segoe UI", Roboto, Arial, sans-serif; }
svg .dim { fill: var(--dim); }
svg .small { font-size: 11.5px; }
svg .strong { font-weight: 600; }
svg .axis, svg .box { stroke: var(--line); fill: none; }
svg .box { fill: var(--panel); stroke: var(--dim); }
svg .bad { stroke: var(--bad); } svg text.bad { fill: var(--bad); stroke: none; }
svg .good { stroke: var(--good); } svg text.good { fill: var(--good); stroke: none; }
svg .warn { stroke: var(--warn); } svg text.warn { fill: var(--warn); stroke: none; }
svg .blue { stroke: var(--blue); } svg text.blue { fill: var(--blue); stroke: none; }
svg .fill-bad { fill: var(--bad); } svg .fill-good { fill: var(--good); } svg .fill-blue { fill: var(--blue); } svg .fill-panel { fill: var(--panel); stroke: var(--line); }
svg .fill-dim { fill: var(--dim); }
svg .thick { stroke-width: 2; fill: none; } svg .dashed { stroke-dasharray: 5 4; } svg .box.thick { fill: var(--panel); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
main:focus { outline: none; }
body[data-mark]::after { content: attr(data-mark); position: fixed; inset: 0; display: grid; place-items: center; overflow: hidden;
	font-size: 11vw; font-weight: 700; text-align: center; opacity: 0.09; rotate: -28deg; pointer-events: none; }
@page { size: A4; margin: 17mm 15mm; }
@media print {
	:root { color-scheme: light; --ground: #fff; --text: #000; --dim: #444; --line: #999; --panel: #f2f2f2; --link: #000;
		--good: #14532d; --bad: #8b1a20; --warn: #6b3a00; --warn-ground: #fff; --blue: #17457a; }
	body { max-width: none; padding: 0; font-size: 10pt; }
	.skip { display: none; }
	nav { break-inside: avoid; }
	h2, h3, caption, .origin { break-after: avoid; }
	tr, figure, pre, blockquote, .warning { break-inside: avoid; }
	thead { display: table-header-group; }
	.table { overflow: visible; }
	th, td { min-width: 0; padding: 1.2mm 1.6mm; }
	td, th, li, p { overflow-wrap: break-word; }
	.table table { min-width: 0; }
	table { font-size: 8pt; } pre { font-size: 7.5pt; }
	figure svg { max-width: 140mm; max-height: 195mm; }
	p:has(+ figure) { break-after: avoid; }
	a { text-decoration: none; }
}`;

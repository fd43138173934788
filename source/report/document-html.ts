/**
 * A document as one HTML file that needs no other: no script, no request, light and dark, and a form for paper. The policy in its head
 * forbids everything but the styles inside it, so that even a mistake here could load or run nothing.
 */
import type {Block, Document, Run, Section, Text} from './document.js';
import {runsOf} from './document.js';
import {style} from './document-style.js';
import {Html, html, lines, preformatted} from './html.js';

function run(part: Run): Html {
	if (typeof part === 'string') return html`${part}`;
	return 'code' in part ? html`<code>${part.code}</code>` : html`<strong>${part.strong}</strong>`;
}

const inline = (text: Text): Html => html`${runsOf(text).map(run)}`;

function blockHtml(block: Block): Html {
	switch (block.is) {
		case 'paragraph':
			return html`<p>${inline(block.text)}</p>`;
		case 'heading':
			return html`<h3>${inline(block.text)}</h3>`;
		case 'quote':
			return html`<blockquote><p>${inline(block.text)}</p></blockquote>`;
		case 'list': {
			const items = lines(block.items.map(item => html`<li>${inline(item)}</li>`));
			return block.isNumbered ? html`<ol>\n${items}\n</ol>` : html`<ul>\n${items}\n</ul>`;
		}
		case 'table':
			return tableHtml(block);
		case 'code':
			return html`<pre><code>${preformatted(block.lines)}</code></pre>`;
		case 'figure':
			return html`<figure id="${block.id}">\n${block.svg}\n<figcaption><strong>${block.title}.</strong> ${block.description}</figcaption>\n</figure>`;
	}
}

function tableHtml({title, header, rows}: Extract<Block, {is: 'table'}>): Html {
	const head = header.map(cell => html`<th scope="col">${cell}</th>`);
	const body = rows.map(row => html`<tr>${row.map((cell, index) => cellHtml(cell, index === 0))}</tr>`);
	// A region that scrolls has to be reachable by keyboard.
	return html`<div class="table${header.length > 4 ? ' wide' : ''}" role="region" aria-label="${title}" tabindex="0"><table>
<caption>${title}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${lines(body)}
</tbody>
</table></div>`;
}

/** A number or a word stays on one line; the first cell of a row names it. */
function cellHtml(cell: Text, isFirst: boolean): Html {
	const isShort = typeof cell === 'string' && cell.length <= 12 && !cell.includes(' ');
	const kind = isShort ? html` class="short"` : null;
	return isFirst ? html`<th scope="row"${kind}>${inline(cell)}</th>` : html`<td${kind}>${inline(cell)}</td>`;
}

function sectionHtml({id, title, origin, blocks}: Section): Html {
	return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
<p class="origin">${origin}</p>
${lines(blocks.map(blockHtml))}
</section>`;
}

/** The whole file. The text ends with one line break. */
export function documentHtml({title, mark, warnings, sections}: Document): string {
	const contents = sections.map(section => html`<li><a href="#${section.id}">${section.title}</a></li>`);
	const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>
${new Html(style)}
</style>
</head>
<body${mark === undefined ? null : html` data-mark="${mark}"`}>
<a class="skip" href="#main">Skip to the text</a>
<header>
<h1>${title}</h1>
${lines(warnings.map(text => html`<p class="warning">${inline(text)}</p>`))}
</header>
<nav aria-label="Sections">
<ol>
${lines(contents)}
</ol>
</nav>
<main id="main" tabindex="-1">
${lines(sections.map(sectionHtml))}
</main>
</body>
</html>
`;
	return page.text;
}

/** Joint outputs: what left, what it says once somebody can read it, and the bytes that anybody can verify. */
import {cell, type Line, span} from '../lines.js';
import {shortHex} from '../text.js';
import {dim, type Laid, labelled, section, sign, type ViewProps} from './laid.js';

export function outputsView({view, cursor, width, theme}: ViewProps): Laid {
	const outputs = [...view.outputs].reverse();
	const output = outputs[cursor];
	const list = outputs.map(
		({id, request, turn, state, statement}, index): Line => [
			sign(index === cursor),
			cell(`t${turn}`, 4),
			cell(id, 6, index === cursor ? 'chosen' : 'strong'),
			cell(request === '' ? 'NO REQUEST' : request, 14, request === '' ? 'bad' : undefined),
			cell(state, 10, state === 'final' ? 'good' : 'info'),
			span(statement ?? 'not read yet', statement?.startsWith('NOT') ? 'bad' : 'dim'),
		],
	);
	return {
		listTitle: 'Joint outputs, newest first',
		list,
		items: list.map((_, index) => index),
		title: output ? `${output.id}, made in turn ${output.turn}` : 'Joint outputs',
		lines: output
			? [
					...labelled(
						'for',
						output.request === '' ? 'no request: no policy saw it' : output.request,
						width,
						output.request === '' ? 'bad' : undefined,
					),
					...labelled('state', output.state, width),
					...labelled('says', output.says, width, 'strong'),
					...labelled('statement', output.statement ?? 'comes with the next turn, or with independent verification', width),
					...section(theme, `For a stock verifier (${view.suite})`, width, [
						...labelled('public key', shortHex(output.publicKey, 12), width),
						...labelled('message', output.message === '' ? 'not read yet' : shortHex(output.message, 12), width),
						...labelled('signature', shortHex(output.signature, 12), width),
					]),
				]
			: [dim('No joint output has been made yet.')],
	};
}

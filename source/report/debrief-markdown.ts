/** The debrief as Markdown. Every section says whether it was computed or declared; text of others is made harmless. */
import {wrongWords} from '../engine/explain.js';
import type {DebriefModel, IncidentTime} from './debrief.js';
import {type Equation, equationLine} from './equation.js';
import type {Finding} from './findings.js';
import {block, code, escaped, table} from './markdown.js';
import {stationName} from './places.js';
import {counted, listed, short} from './plain-text.js';

const computed = '*computed*';

/** Renders a debrief. The text ends with one line break. */
export function debriefMarkdown(debrief: DebriefModel): string {
	const sections = [
		head(debrief),
		overview(debrief),
		outcome(debrief),
		objectives(debrief),
		scores(debrief),
		assumption(debrief),
		strengths(debrief),
		timeline(debrief),
		evidence(debrief),
		learned(debrief),
		attackers(debrief),
		luck(debrief),
		otherwise(debrief),
		worlds(debrief),
		notes(debrief),
		declared(debrief),
		outputs(debrief),
		about(debrief),
	];
	return `${sections
		.flat()
		.join('\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim()}\n`;
}

function section(title: string, lines: readonly string[], origin = computed): string[] {
	return ['', `## ${title}`, '', origin, '', ...lines, ''];
}

const bullets = (items: readonly string[]) => items.map(item => `- ${item}`);
const at = ({turn, line, at: clock}: {turn: number; line: number; at?: string}) =>
	`turn ${turn}, line ${line}${clock === undefined ? '' : `, ${escaped(clock)}`}`;

function head({status, overview: {title, turn, turns}}: DebriefModel): string[] {
	const lines = [`# Debrief: ${escaped(title)}`, ''];
	if (status === 'unfinished')
		lines.push(
			`**UNFINISHED: turn ${turn} of ${turns}.** The game goes on, and nothing here is final. This page tells what is true in this game; players should not read it yet.`,
			'',
		);
	if (status === 'stopped')
		lines.push(`**Stopped early, in turn ${turn} of ${turns}.** What was not due by then is "not reached", never missed.`, '');
	return lines;
}

function overview({overview: {title: _title, ...o}}: DebriefModel): string[] {
	const rows: string[][] = [
		['scenario', escaped(o.scenario)],
		['parties', o.parties.map(({id, custodian, domain}) => escaped(`${id} (${custodian}, ${domain})`)).join(', ')],
		['key', `${o.threshold} of ${o.parties.length}, ${o.suite}, public key ${o.publicKey === '' ? 'not made yet' : code(o.publicKey)}`],
		['turns', `${o.turn} of ${o.turns}`],
		...(o.from === '' ? [] : [['time', `${escaped(o.from)} to ${escaped(o.to)}`]]),
		['world dealt', `**${escaped(o.world)}**: ${escaped(o.worldSummary)}`],
		['the other worlds', o.otherWorlds.map(({world}) => escaped(world)).join(', ') || 'none'],
		['journal', `${counted(o.entries, 'line')}, head ${code(o.head)}`],
		['verify', code(o.verify)],
		['made by', escaped(o.program)],
	];
	return section('Overview', [
		...(o.summary === '' ? [] : [escaped(o.summary), '']),
		...table(['what', 'value'], rows),
		...(o.incident === '' ? [] : [`The incident behind it: ${escaped(o.incident)}`]),
	]);
}

const winners = {operators: 'The operators won', attackers: 'The attackers won', neither: 'Neither side won'} as const;

function outcome({outcome: result, times, goals}: DebriefModel): string[] {
	const lines = result ? [`**${winners[result.winner]}:** ${escaped(stopped(result.reason))}`, ''] : ['The outcome is open.', ''];
	if (times.length > 0) lines.push(`Times: ${times.map(timeText).join(', ')}.`, '');
	if (goals.operators !== '') lines.push(`- Operators' goal: ${escaped(goals.operators)}`);
	if (goals.attackers !== '') lines.push(`- Attackers' goal: ${escaped(goals.attackers)}`);
	return section('Outcome', lines);
}

function timeText({what, moment, how}: IncidentTime): string {
	return moment ? `${what} ${at(moment)} (${escaped(how)})` : `${what} never (${escaped(how)})`;
}

function objectives({objectives: all, status}: DebriefModel): string[] {
	if (all.length === 0) return [];
	const rows = all.map(({side, name, expression, result, problem}) => [
		side,
		escaped(name),
		`${result === 'met' && status === 'unfinished' ? 'met so far' : result}${problem === undefined ? '' : `: ${escaped(problem)}`}`,
		code(expression),
	]);
	return section('Objectives', table(['side', 'objective', 'result', 'holds when'], rows));
}

/** `#####.....` for 50. */
export function bar(score: number): string {
	const full = Math.max(0, Math.min(10, Math.round(score / 10)));
	return '#'.repeat(full) + '.'.repeat(10 - full);
}

function scores({scores: all}: DebriefModel): string[] {
	if (all.length === 0) return section('Scores', ['Scores are given when the game has ended.']);
	return section('Scores', [
		...block(all.map(({station, score}) => `${stationName(station).padEnd(11)}${String(score).padStart(3)}  ${bar(score)}`)),
		...bullets(all.flatMap(({station, because}) => because.map(text => `${stationName(station)}: ${escaped(text)}`))),
	]);
}

/** Both sides in full, to be copied and recomputed. */
function numbers(equation: Equation): string[] {
	const width = Math.max(equation.left.label.length, equation.right.label.length);
	const row = ({label, value}: Equation['left']) => `${label.padEnd(width)}  ${value}`;
	return block([
		...(`${equation.left.label} = ${equation.right.label}` === equation.formula ? [] : [equation.formula]),
		row(equation.left),
		row(equation.right),
		equation.verdict,
	]);
}

function finding({assumption: text, boundary, how, equations, ...moment}: Finding, rested = 'rested on'): string[] {
	const [first, ...more] = equations;
	return [
		`> "${escaped(text)}"`,
		'',
		`- at: **${boundary}**, ${at(moment)}`,
		`- ${rested}: ${escaped(stopped(how))}`,
		...(first ? [`- because: ${escaped(equationLine(first))}. ${escaped(first.meaning)}`, '', ...numbers(first)] : ['']),
		...more.flatMap(each => [`- and: ${escaped(equationLine(each))}`, '', ...numbers(each)]),
	];
}

function assumption({failed, held, outcome: result}: DebriefModel): string[] {
	if (failed.length > 0) {
		const [first, ...others] = failed;
		return section('The assumption that failed', [
			...finding(first!),
			...(others.length > 0 ? ['### Others that failed', '', ...others.flatMap(each => finding(each))] : []),
		]);
	}
	if (!result) return section('The assumption that failed', ['None so far.']);
	const [first] = held;
	return section(
		'The assumption that was tested',
		first
			? ['Nothing rested on this assumption alone: a check stood at the boundary and tested it.', '', ...finding(first, 'held by')]
			: ['No assumption failed, and no check had to decide: nothing reached a boundary where one stands. See "Where we got lucky".'],
	);
}

function strengths({failed, held}: DebriefModel): string[] {
	const rest = failed.length > 0 ? held : held.slice(1);
	if (rest.length === 0) return [];
	return section(
		'Checks that held',
		rest.flatMap(({assumption: text, boundary, how, equations, ...moment}) => [
			`- ${boundary}, ${at(moment)}: ${escaped(how)}. It tested "${escaped(text)}"${equations[0] ? ` ${escaped(equationLine(equations[0]))}.` : ''}`,
		]),
	);
}

function timeline({timeline: rows}: DebriefModel): string[] {
	return section('Timeline', [
		'What happened beside what the table knew of it. Lines are lines of the journal.',
		'',
		...table(
			['turn', 'line', 'by', 'what happened', 'what the table knew'],
			rows.map(({turn, line, at: clock, by, what, isMove, knew}) => [
				`${turn}${clock === undefined ? '' : ` ${escaped(clock)}`}`,
				String(line),
				what === '' ? '' : by,
				isMove ? code(what) : escaped(what),
				escaped(knew),
			]),
		),
	]);
}

function evidence({authority}: DebriefModel): string[] {
	const count = (verdict: string) => authority.filter(each => each.verdict === verdict).length;
	if (authority.length === 0) return section('Can the evidence explain it?', ['No authority moved.']);
	const open = authority.filter(({missing, wrong}) => missing.length + wrong.length > 0);
	return section('Can the evidence explain it?', [
		`${counted(authority.length, 'authority move')}: ${count('explained')} explained, ${count('partly')} partly, ${count('wrongly explained')} wrongly, ${count('unexplained')} not at all.`,
		'',
		...table(
			['line', 'turn', 'station', 'authority moved', 'kept', 'missing', 'verdict', 'would have kept it'],
			authority.map(({line, turn, station, what, kept, missing, wrong, against, verdict, log}) => [
				String(line),
				String(turn),
				stationName(station),
				escaped(what),
				kept.join(', ') || 'nothing',
				missing.join(', '),
				[verdict, ...wrong.map(wrongWords), ...against].map(escaped).join('; '),
				log === undefined ? '' : code(log),
			]),
		),
		...(open.length > 0
			? [
					`These moves before it would have kept the rest: ${[...new Set(open.flatMap(({log}) => (log === undefined ? [] : [code(log)])))].join(', ')}.`,
				]
			: []),
	]);
}

function learned({learned: all}: DebriefModel): string[] {
	return section(
		'Who learned what',
		all.flatMap(({ceremony, title, turn, rounds, rows}) => [
			`### ${ceremony}: ${escaped(title)}, turn ${turn}`,
			'',
			...table(
				['machine', ...rounds.map(round => `round ${round}`)],
				rows.map(({member, rounds: cells}) => [escaped(member), ...cells.map(cell => cell.learned.map(escaped).join('; '))]),
			),
		]),
	);
}

function attackers({attackers: {shares, summary, attempts, machines}}: DebriefModel): string[] {
	return section('What the attackers held', [
		escaped(summary),
		'',
		...(shares.length > 0
			? table(
					['share', 'epoch', 'turn', 'line', 'how', 'bytes'],
					shares.map(({party, index, epoch, turn, line, how, share}) => [
						escaped(`s${index} of ${party}`),
						String(epoch),
						String(turn),
						String(line),
						code(how),
						short(share),
					]),
				)
			: []),
		...bullets(attempts.map(({equation, ...moment}) => `${at(moment)}: ${escaped(equationLine(equation))}`)),
		'',
		...(machines.length > 0
			? [
					`At the end: ${machines
						.map(({machine, wayIn, implantSince, link}) =>
							escaped(
								`${machine} (${listed([...(implantSince === undefined ? [] : [`implant since turn ${implantSince}`]), ...(wayIn ? ['way in'] : []), ...(link ? ['link'] : [])])})`,
							),
						)
						.join(', ')}.`,
				]
			: ['At the end they had no machine.']),
	]);
}

function luck({luck: found, controls}: DebriefModel): string[] {
	const drifted = controls.filter(({documented, actual}) => documented !== actual);
	return section('Where we got lucky', [
		...(found.length > 0 ? bullets(found.map(escaped)) : ['Nowhere that the journal shows.']),
		...(drifted.length > 0
			? ['', `Off although documented as on at the end: ${drifted.map(({title}) => escaped(title)).join(', ')}.`]
			: []),
	]);
}

const resultWords = {
	won: 'won',
	kept: 'nothing unauthorised left',
	lost: 'lost all the same',
	refused: 'not allowed then',
} as const;

function otherwise({alternatives}: DebriefModel): string[] {
	if (alternatives === null || alternatives.length === 0) return [];
	return section(
		'Had you chosen otherwise',
		[
			'Each row is this game with one choice changed. Moves that the rules refused in it are left out, and turns after the last recorded move are idle.',
			'',
			...table(
				['choice', '', 'result', 'because'],
				alternatives.map(({choice, instead, result, reason}) => [code(choice), escaped(instead), resultWords[result], escaped(reason)]),
			),
		],
		'*re-run, computed*',
	);
}

function worlds({worlds: all, overview: {otherWorlds}}: DebriefModel): string[] {
	if (all === null) return [];
	const lost = all.filter(({outcome: result}) => result === 'attackers').length;
	const won = all.filter(({outcome: result}) => result === 'operators').length;
	const summaryOf = (world: string) => otherWorlds.find(each => each.world === world)?.summary ?? '';
	return section(
		'The same line of moves in each world',
		[
			`It loses in ${lost} of ${all.length} and wins in ${won}. Moves that a world refuses are left out, the attackers' too, and turns after the last recorded move are idle.`,
			'',
			...table(
				['world', 'outcome', 'because', 'moves refused', 'what was true there'],
				all.map(({world, isDealt, outcome: result, reason, refused}) => [
					`${escaped(world)}${isDealt ? ' (dealt)' : ''}`,
					result,
					escaped(reason),
					String(refused),
					escaped(summaryOf(world)),
				]),
			),
		],
		'*re-run, computed*',
	);
}

function notes({notes: all}: DebriefModel): string[] {
	if (all.length === 0) return section('Notes of the table', ['No notes were written.'], '*declared during the game*');
	return section(
		'Notes of the table',
		bullets(
			all.map(({turn, line, side, text, suspect, wasRight}) => {
				const judged =
					suspect === undefined
						? ''
						: ` (suspects ${escaped(suspect)}: ${wasRight ? 'right, the attackers held it' : 'the attackers did not hold it'})`;
				return `${side}, turn ${turn}, line ${line}: ${text === '' ? 'no words' : escaped(text)}${judged}`;
			}),
		),
		'*declared during the game; suspicions are judged by what was true then*',
	);
}

function declared({questions}: DebriefModel): string[] {
	return section(
		'For the table to answer',
		[
			...questions.flatMap(question => [`1. ${escaped(question)}`, '   Answer: not answered']),
			...(questions.length > 0 ? [''] : []),
			...table(['issue', 'corrective action', 'owner', 'due', 'status'], [['', '', '', '', '']]),
			'Read by: not signed',
		],
		'*to be declared*',
	);
}

function outputs({outputs: all, overview: {suite}}: DebriefModel): string[] {
	if (all.length === 0) return section('Check each output yourself', ['No output was made.']);
	return section('Check each output yourself', [
		suite === 'ed25519'
			? 'Each output is an ordinary Ed25519 signature (RFC 8032). These commands need OpenSSL 3 and xxd, and nothing of this program; the last one prints "Signature Verified Successfully".'
			: 'Each output is an ordinary BIP 340 signature. The commands need Node.js and the noble library, and nothing of this program; the last one prints "true".',
		'',
		...all.flatMap(({id, request, turn, state, isAuthorised, says, commands}) => [
			`### ${id}: ${escaped(says)}`,
			'',
			`${request === '' ? 'No request asked for it' : `For ${escaped(request)}`}, turn ${turn}, ${state}, ${isAuthorised ? 'authorised' : '**not authorised**'}.`,
			'',
			...block(commands, 'sh'),
		]),
	]);
}

function about({process, status}: DebriefModel): string[] {
	return section('How this was made', [
		'Sections marked *computed* follow from the journal alone: outcome, scores, equations and times were computed by re-executing recorded moves with real secret sharing. Nothing in them was declared or set by the scenario. Anybody with the save can compute them again with the verify command above.',
		'',
		...bullets(process.map(escaped)),
		'- A chain of hashes does not stop whoever keeps it from writing all of it anew. Compare the head with one that somebody else wrote down.',
		'- Simulated, with practice keys. It shows nothing about production controls.',
		...(status === 'unfinished' ? ['- The game is unfinished.'] : []),
	]);
}

/** Words with a full stop. They may begin with an id, so no capital is put in. */
function stopped(words: string): string {
	return /[.!?]$/.test(words) ? words : `${words}.`;
}

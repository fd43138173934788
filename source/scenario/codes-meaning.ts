/** Diagnostics of what a file means, given once it is right in every other way: what can never happen, and what nothing uses. */
import type {DiagnosticEntry} from './diagnostic-codes.js';

export const meaningCodes = {
	'never-fires': {
		severity: 'warning',
		means: 'No game can make the condition of an inject true.',
		fix: 'Compare its numbers with turns, parties and deadlines.',
		wrong: '- when: payroll.due > 4',
	},
	'always-fires': {
		severity: 'warning',
		means: 'The condition of an inject holds in every game from the start, so that it fires in turn 1.',
		fix: 'Write at: 1, or the condition that was meant.',
		wrong: '- when: turn >= 1',
	},
	'cyclic-trigger': {
		severity: 'warning',
		means: 'Only injects that wait for each other (or one that waits for itself) could bring the condition about.',
		fix: 'Let one of them come at a turn, or offer the verb that starts it.',
		wrong: '- when: frozen',
	},
	'never-opens': {
		severity: 'warning',
		means: 'A request is required in a world in which it does not open by itself.',
		fix: 'Give required: false, or the worlds in which it is required.',
		wrong: 'payroll: {opens: 0, due: 4, by: finance, amount: 800, to: staff}',
	},
	'unused-request': {
		severity: 'warning',
		means: 'Nothing opens the request: it has no turn, no line of the deal and no inject opens it, and attackers cannot submit it.',
		fix: 'Give it a turn, offer submit, or take it out.',
		wrong: 'refund: {opens: 0, due: 4, by: finance, amount: 90, to: customer, required: false}',
	},
	'unused-party': {
		severity: 'warning',
		means: 'A party holds no share and nothing can give it one, because neither reshare nor rotate is offered.',
		fix: 'Offer reshare or rotate, let it hold a share, or take it out.',
		wrong: 'jun: {domain: vendor, holds: false}',
	},
	'no-quorum': {
		severity: 'warning',
		means:
			'Approvals of different domains are demanded, and the parties that hold shares have fewer domains than the threshold: nothing can be signed.',
		fix: 'Turn distinct-domains off, lower the threshold, or spread the parties.',
		wrong: 'controls: {distinct-domains: on}',
	},
	'rule-decided': {
		severity: 'warning',
		means: 'A rule or exception of the policy says the same of every decision that can come before it.',
		fix: 'Compare its numbers with the parties and the threshold.',
		wrong: 'four-eyes: size(approvals) >= 4',
	},
	'objective-decided': {
		severity: 'warning',
		means: 'An objective is met or missed before the game begins, whatever anybody does.',
		fix: 'Let it depend on what happens: what is signed, stolen or final.',
		wrong: 'the key stays shared: stolen <= 3',
	},
	'expectation-decided': {
		severity: 'warning',
		means: 'The expectation of a test holds in every game, or in none.',
		fix: 'Expect what the moves of the test bring about.',
		wrong: 'expect: stolen >= 0',
	},
	'playbook-never': {
		severity: 'warning',
		means: 'The condition of a playbook entry can never hold in its world.',
		fix: 'Compare its numbers with turns, points and what opens in the world.',
		wrong: '- when: points > 9',
	},
	'verb-not-offered': {
		severity: 'warning',
		means: 'A playbook or a test makes a move whose verb the scenario does not offer, so that it is refused.',
		fix: 'Add the verb under verbs or unlock.',
		wrong: 'attackers: [phish]',
	},
	'cannot-pay': {
		severity: 'warning',
		means: 'The shares that a playbook goes for cost more points than the attackers get in the whole game.',
		fix: 'Raise attackers.points or turns, or deal a way in.',
		wrong: 'attackers: {points: 1}',
	},
	'impossible-attack': {
		severity: 'warning',
		means:
			'The parameters of the scenario make an attack impossible: it lacks the way in, the share, the recording or the majority that it needs.',
		fix: 'Deal what it needs, let an earlier entry get it, or take the attack out.',
		wrong: 'world: keygen-attack at=mara by=rogue-key',
	},
	'too-few-shares': {
		severity: 'warning',
		means: 'The playbook goes for shares only, and takes fewer than the threshold: they can never make a signature.',
		fix: 'Let it take the shares of as many parties as the threshold, or attack something else too.',
		wrong: '- do: "attackers: steal-share party=jun"',
	},
	'useless-verb': {
		severity: 'warning',
		means: 'A verb is offered that is never legal in this scenario or never does anything, because what it needs does not exist.',
		fix: 'Take the verb out, or add what it needs.',
		wrong: 'operators: [approve, sign, unfreeze]',
	},
	'unused-deal': {
		severity: 'warning',
		means: 'A line of the deal changes nothing: what it speaks of does not exist or is not so in its world.',
		fix: 'Take it out, or make it matter.',
		wrong: 'world: drift control=timelock',
	},
	'unused-effect': {
		severity: 'warning',
		means:
			'An effect of an inject can never be carried out when it fires, and the game passes over it without a word; or a part of it counts for nothing.',
		fix: 'Let the inject come when it can be, deal what it needs, or take the line out.',
		wrong: 'do: "attackers: drop party=idris"',
	},
	'shuffle-differs': {
		severity: 'warning',
		means:
			'A line speaks of the backup or the share of a party whose role is shuffled, and the parties that can play the role do not have the same: a backup belongs to the party, and only the role moves.',
		fix: 'Give the shuffled parties the same backup place and the same holds, or take the party out of shuffle.',
		wrong: 'world: bad-tape party=mara',
	},
	'no-effect': {
		severity: 'warning',
		means: 'A setting is given that nothing in the scenario uses.',
		fix: 'Take it out, or offer what uses it.',
		wrong: 'shuffle: [jun]',
	},
	'quiet-world': {
		severity: 'note',
		means: 'A world in which nothing is dealt, nothing is planned and of which nothing else in the file speaks.',
		fix: 'A calm world can be meant, since it punishes those who see ghosts: playbook: [] says so. Otherwise give it a deal and a playbook.',
		wrong: 'calm: {}',
	},
	'no-playbook': {
		severity: 'note',
		means: 'Bots that play the attackers have no plan in this world, and end each turn at once.',
		fix: 'Write a playbook. Where nothing is planned, because the deal does it all or people play the attackers, playbook: [] says so.',
		wrong: 'noisy: {deal: "world: patch party=mara"}',
	},
	'missing-layer': {
		severity: 'note',
		means: 'A layer has no text of its own, and the usual text is shown.',
		fix: 'Write one under layers when the scenario needs it.',
		wrong: 'layers: {business: Somebody wants a payment.}',
	},
} as const satisfies Readonly<Record<string, DiagnosticEntry>>;

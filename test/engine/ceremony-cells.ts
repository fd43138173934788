/** How the cells of rows are played that no move of the game leads to: with a check of the ceremonies made, and with its call taken away. */
import {
	type ApprovalCheckName,
	type ApprovalUse,
	approvalId,
	keyShareOf,
	type Member,
	replayApproval,
	reseat,
	runCeremony,
	shareAtZero,
	signApproval,
	startKeygen,
	worked,
} from '../../source/ceremony/index.js';
import {makeTable} from '../ceremony/table.js';

const table = makeTable('glass', 2, 3);

/** A keygen in which chi sits at another index. A start that looks at indexes refuses it; `isOn` false is a start that does not look. */
function seated(index: number, isOn: boolean) {
	const session = table.session('k');
	const members = session.members.map(member => (member.id === 'chi' ? {...member, index} : member));
	const sides = table.parties.map(me => {
		const start = (seats: readonly Member[]) =>
			startKeygen({session: {...session, members: seats}, me, identity: table.identity(me), checks: {feldman: false}});
		return [
			me,
			{kind: 'keygen' as const, memory: isOn ? start(members) : reseat({memory: start(session.members), indexes: {chi: index}})},
		] as const;
	});
	const run = runCeremony({sides: Object.fromEntries(sides), draw: table.draw, closeRounds: true});
	return Object.fromEntries(Object.entries(run.sides).map(([id, {memory}]) => [id, keyShareOf(memory)]));
}

/** What a refused start leaves to win: nothing. */
function isWon(play: () => boolean): boolean {
	try {
		return play();
	} catch (error) {
		if (error instanceof Error && error.message.includes('distinct indexes from 1')) return false;
		throw error;
	}
}

const context = {vault: 'treasury', epoch: 1, policyVersion: 4, requestId: 'vendor', payloadHash: 'ab'.repeat(32)};
const approval = signApproval(table.identity('ada'), {...context, custodian: 'ada', expires: 3, nonce: '01'});

/** Where the approval of ada is shown without having been given: one word of it differs. */
const elsewhere: Readonly<Partial<Record<ApprovalCheckName, Partial<ApprovalUse>>>> = {
	vault: {context: {...context, vault: 'savings'}},
	epoch: {context: {...context, epoch: 2}},
	policyVersion: {context: {...context, policyVersion: 5}},
	requestId: {context: {...context, requestId: 'refund'}},
	payloadHash: {context: {...context, payloadHash: 'cd'.repeat(32)}},
	expiry: {turn: 4},
	oneTime: {used: [approvalId(approval)]},
};

function counts(name: string, other: Partial<ApprovalUse>, isOn: boolean): boolean {
	const [custodian] = table.session('any').members;
	if (custodian === undefined) throw new Error('nobody sits at this table');
	const use: ApprovalUse = {custodian, context, turn: 2, used: [], ...other, checks: {[name]: isOn}};
	return worked(replayApproval({approval, use}));
}

export const ceremonyCells: Readonly<Record<string, (isOn: boolean) => boolean>> = {
	'index-zero x distinct indexes from 1': isOn =>
		isWon(() => {
			const {chi} = seated(0, isOn);
			return chi !== undefined && worked(shareAtZero(chi, chi.share));
		}),
	'index-twice x distinct indexes from 1': isOn =>
		isWon(() => {
			const {ada, chi} = seated(1, isOn);
			return chi !== undefined && chi.share === ada?.share;
		}),
	...Object.fromEntries(
		Object.entries(elsewhere).map(([name, other]) => [`approval-elsewhere x ${name}`, (isOn: boolean) => counts(name, other, isOn)]),
	),
};

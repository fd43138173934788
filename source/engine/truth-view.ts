/** What is true now, whoever knows it: the facilitator's part of a view. */
import {controlTitle} from './controls.js';
import {fillText} from './deal.js';
import type {Game} from './game.js';
import {readPayload} from './moves/approvals.js';
import type {GameState} from './state.js';
import type {LootView, TruthView} from './view.js';

/** Every machine with what the attackers have of it. */
export function footholdViews({footholds}: GameState): LootView['machines'] {
	return Object.entries(footholds).map(([id, {wayIn, implantSince, link}]) => ({
		id,
		wayIn,
		link,
		...(implantSince === undefined ? {} : {implantSince}),
	}));
}

const onOff = (isOn: boolean) => (isOn ? 'on' : 'off');

export function truthView(game: Game, state: GameState): TruthView {
	const {scenario, deal} = game;
	return {
		world: deal.world,
		summary: fillText(scenario.worlds[deal.world]?.summary ?? '', deal),
		machines: footholdViews(state).filter(({wayIn, implantSince, link}) => wayIn || link || implantSince !== undefined),
		requests: Object.values(state.requests)
			.filter(({opened}) => opened > 0)
			.map(({id, intent, displayed, payload}) => ({
				id,
				wants: intent === null ? '' : readPayload(intent),
				displayed: readPayload(displayed),
				signs: readPayload(payload),
			})),
		drifted: Object.entries(state.controls)
			.filter(([id, {documented, actual}]) => id in scenario.controls && documented !== actual)
			.map(([id, {documented, actual}]) => ({title: controlTitle(id), documented: onOff(documented), actual: onOff(actual)})),
		coming: scenario.injects
			.map((inject, index) => ({inject, index}))
			.filter(
				({inject, index}) => !state.firedInjects.includes(index) && (inject.worlds === undefined || inject.worlds.includes(deal.world)),
			)
			.map(({inject: {at, when, text}}) => ({when: at === undefined ? `when ${when ?? ''}` : `turn ${at}`, text: fillText(text, deal)})),
		notes: state.notes,
		attack: state.made.attackers.map(({text}) => text),
	};
}

/** Which handler gets the keys of which screen. */
import {handleApprove} from './approve.js';
import {handleBoard, handleChoose, handleNote, handlePrompt} from './board-keys.js';
import {handleBriefing} from './briefing.js';
import {handleConfirm} from './confirm.js';
import {handleDrill, handleDrillReady} from './drill.js';
import {handleBeliefs, handleFacilitator, handleFacilitatorAsk, handleFacilitatorLine, handleSpeaker} from './drill-table.js';
import {handleEndTurn} from './end-turn.js';
import {handleEquation} from './equation.js';
import {handleHandOver} from './hand-over.js';
import {handleHelp, handleOpening, handleQuit} from './help.js';
import {handleHotWash} from './hot-wash.js';
import {handleFind, handleMoves} from './moves.js';
import {handlePane, handleViews} from './panes.js';
import {handlePaused} from './paused.js';
import {handleReader} from './reader.js';
import {handleGoTo, handleReplay} from './replay.js';
import {handleResolve} from './resolve.js';
import type {Handler, Screen} from './screen.js';
import {handleKeys, handleNewKey, handleSettings} from './settings.js';
import {handleReports, handleSaves, handleScenarios, handleTitle} from './title.js';
import {handleTurn} from './turn.js';

export const handlers: {readonly [K in Screen['kind']]: Handler<K>} = {
	title: handleTitle,
	scenarios: handleScenarios,
	saves: handleSaves,
	reports: handleReports,
	opening: handleOpening,
	briefing: handleBriefing,
	handOver: handleHandOver,
	paused: handlePaused,
	replay: handleReplay,
	goTo: handleGoTo,
	board: handleBoard,
	prompt: handlePrompt,
	note: handleNote,
	choose: handleChoose,
	approve: handleApprove,
	resolve: handleResolve,
	equation: handleEquation,
	reader: handleReader,
	pane: handlePane,
	views: handleViews,
	moves: handleMoves,
	find: handleFind,
	endTurn: handleEndTurn,
	turn: handleTurn,
	confirm: handleConfirm,
	hotWash: handleHotWash,
	drill: handleDrill,
	drillReady: handleDrillReady,
	speaker: handleSpeaker,
	beliefs: handleBeliefs,
	facilitatorAsk: handleFacilitatorAsk,
	facilitator: handleFacilitator,
	facilitatorLine: handleFacilitatorLine,
	settings: handleSettings,
	keys: handleKeys,
	newKey: handleNewKey,
	quit: handleQuit,
	help: handleHelp,
};

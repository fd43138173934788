// A process of its own that plays the toy game into a save until somebody ends it. It prints each head once the entry is on the disk.
// Arguments: the save, and `hold` to stop after the opening and wait,
// or `contend` to resume the save when a line arrives, and wait.
import {JournalError} from '../../source/journal/journal-error.js';
import {Recorder} from '../../source/journal/recorder.js';
import {add, consequences, opening, SEED} from './toy-game.js';

const [path, mode] = process.argv.slice(2);

function play(): void {
	const recorder = Recorder.create(path!, SEED, opening());
	let total = 0;
	for (let turn = 0; ; turn++) {
		console.log(`${recorder.entries} ${recorder.head}`);
		if (mode === 'hold') break;
		const step = consequences(total, add((turn % 9) + 1));
		total = step.total;
		recorder.append(step.payloads);
	}
	process.stdin.once('data', () => process.exit(0));
}

function contend(): void {
	console.log('ready');
	process.stdin.on('data', () => {
		try {
			Recorder.resume(path!);
			console.log('held');
		} catch (error) {
			console.log(error instanceof JournalError && error.message.includes('is writing this save') ? 'refused' : String(error));
		}
	});
}

if (mode === 'contend') contend();
else play();

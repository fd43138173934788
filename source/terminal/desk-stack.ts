/** The state of one desk with its stack of screens: what changes it, and who is told. A burst of changes is told once, when all of it is there. */
import type {DeskState, Notice, Screen, ScreenOf} from './screens/screen.js';

export class DeskStack {
	#state: DeskState;
	readonly #listeners = new Set<() => void>();
	#isBatching = false;

	constructor(state: DeskState) {
		this.#state = state;
	}

	get state(): DeskState {
		return this.#state;
	}

	readonly snapshot = (): DeskState => this.#state;

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	set(screen: Screen) {
		this.update({stack: [...this.#state.stack.slice(0, -1), screen]});
	}

	push(screen: Screen) {
		const isFull = screen.kind === 'equation' && this.#state.settings.explanation === 'full';
		this.update({stack: [...this.#state.stack, isFull ? {...screen, isFull} : screen]});
	}

	close(kind: Screen['kind']) {
		const {stack} = this.#state;
		const at = stack.findLastIndex(screen => screen.kind === kind);
		if (at >= 0) this.update({stack: stack.filter((_, index) => index !== at)});
	}

	change<K extends Screen['kind']>(kind: K, change: (screen: ScreenOf<K>) => ScreenOf<K>) {
		const at = this.#state.stack.findLastIndex(screen => screen.kind === kind);
		if (at < 0) return;
		this.update({stack: this.#state.stack.map((screen, index) => (index === at ? change(screen as ScreenOf<K>) : screen))});
	}

	restack(stack: readonly Screen[]) {
		this.update({stack});
	}

	say(tone: Notice['tone'], text: string) {
		this.update({notice: {tone, text}});
	}

	/** The terminal forgets all that was shown. */
	wipe() {
		this.update({wipes: this.#state.wipes + 1});
	}

	protected get isBatching(): boolean {
		return this.#isBatching;
	}

	protected update(change: Partial<DeskState>) {
		this.#state = {...this.#state, ...change};
		if (!this.#isBatching) this.#tell();
	}

	/** Changes made meanwhile are told at its end. */
	protected batch(work: () => void) {
		const isOuter = !this.#isBatching;
		this.#isBatching = true;
		try {
			work();
		} finally {
			if (isOuter) {
				this.beforeTold();
				this.#isBatching = false;
				this.#tell();
			}
		}
	}

	/** What is still to be done in a batch once its work is. */
	protected beforeTold() {}

	#tell() {
		for (const listener of this.#listeners) listener();
	}
}

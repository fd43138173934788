/** What a person chose on this machine, kept by conf in the user's configuration folder. A folder that can't be used costs nothing but memory. */
import type {Preferences} from '../terminal/player.js';

interface Store {
	get(name: 'played'): unknown;
	set(name: 'played', value: boolean): void;
}

export class StoredPreferences implements Preferences {
	#store: Store | null = null;
	#played = false;

	/** Reads them; call it before a game is opened, and after the title is drawn: conf is slow to load. */
	async load(): Promise<void> {
		if (this.#store) return;
		try {
			const {default: Conf} = await import('conf');
			this.#store = new Conf<{played: boolean}>({
				projectName: 'quorum-call',
				projectSuffix: '',
				schema: {played: {type: 'boolean', default: false}},
				clearInvalidConfig: true,
			});
			this.#played = this.#store.get('played') === true;
		} catch {
			this.#store = null;
		}
	}

	get firstGame(): boolean {
		return !this.#played;
	}

	markPlayed(): void {
		this.#played = true;
		try {
			this.#store?.set('played', true);
		} catch {
			// The next game is explained as a first one again.
		}
	}
}

import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		setupFiles: ['test/setup.ts'],
		globalSetup: ['test/global-setup.ts'],
		testTimeout: 60_000,
		hookTimeout: 60_000,
		pool: 'forks',
		// Modules keep nothing that a test could leave behind: files of one process share them, which saves a fifth of the time.
		isolate: false,
		// The machine's cores, all of them: most tests compute.
		maxWorkers: '100%',
	},
});

// Builds the program into dist/: one bundle with code splitting, so that a command loads only what it needs.
// `--if-missing` does nothing when a build is there; `--bench` builds the benchmarks and the script of the pictures instead.
import {createHash} from 'node:crypto';
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {build} from 'esbuild';

if (process.argv.includes('--if-missing') && existsSync('dist/cli.js')) process.exit(0);

const bench = process.argv.includes('--bench');
const outdir = bench ? 'dist/bench' : 'dist';
if (!bench) rmSync('dist', {recursive: true, force: true});

const {metafile} = await build({
	entryPoints: bench
		? {main: 'test/bench/main.ts', hello: 'test/bench/hello.tsx', pictures: 'test/end-to-end/take-pictures.ts'}
		: {cli: 'source/commands/cli.ts', 'playtest-worker': 'source/playtest/worker.ts', 'work-thread': 'source/commands/work-thread.ts'},
	outdir,
	bundle: true,
	splitting: true,
	format: 'esm',
	platform: 'node',
	target: 'node20.19',
	jsx: 'automatic',
	define: {'process.env.NODE_ENV': '"production"'},
	// Ink loads its developer tools only when DEV=true; CommonJS dependencies need require.
	alias: {'react-devtools-core': './source/terminal/no-devtools.ts'},
	external: ['ssh2', '@lydell/node-pty', '@resvg/resvg-js'],
	banner: {js: "import {createRequire as __createRequire} from 'node:module';const require = __createRequire(import.meta.url);"},
	logLevel: 'warning',
	metafile: true,
});

// Which program made a document: over the names and bytes of all that was bundled.
if (!bench) {
	const hash = createHash('sha256');
	for (const file of Object.keys(metafile.outputs).sort()) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
	writeFileSync('dist/bundle.sha256', `${hash.digest('hex')}\n`);
}

// Prints README.md of this folder; `npm run machines` writes it.
import {readme} from './readme.js';

process.stdout.write(readme());

/** Stands in for react-devtools-core in the bundle: Ink asks for it only when DEV=true, and the program does not ship it. */
export default {initialize() {}, connectToDevTools() {}};

// Chance and clock are inputs of the game; code under test that reads them directly fails here.
// Libraries may: a property runner picks its own seeds, a terminal library reads the time.
export {};

#!/bin/sh
# Plays the finished games of this folder anew, after a change of the rules or of the scenario. Run from the project's folder.
set -e
# Signed by a notary whose key is thrown away: the heads are the same each time, the signatures are not.
XDG_CONFIG_HOME=$(mktemp -d)
export XDG_CONFIG_HOME
trap 'rm -r "$XDG_CONFIG_HOME"' EXIT
node dist/cli.js notary --name 'quorum-call examples' >/dev/null
game() {
	rm -f "saves/examples/$1.jsonl"
	node dist/cli.js run "${5:-first-light}" --seed "$2" --world "$3" --operators "$4" --save "saves/examples/$1.jsonl" --json >/dev/null
}
game won-with-care 'careful 1' insider careful
game lost-on-display display liar display
game lost-to-shares shares drift display
game frozen freeze caller freeze
game lost-to-a-backup backup old-safe display suspicious-custodian

/** Scenario files that the tests load, whole or broken at one place. */
import {type Diagnostic, formatDiagnostic} from '../../source/scenario/diagnostic.js';
import {loadScenario} from '../../source/scenario/load.js';
import type {Scenario} from '../../source/scenario/schema.js';
import {vocabulary} from './vocabulary.js';

/** The shortest file that loads: nine lines. */
export const SHORT = `format: 1
title: The late invoice
parties:
  mara: {domain: bank-a, backup: safe-a}
  idris: {domain: bank-b}
  jun: {domain: vendor}
requests:
  payroll: {opens: 1, due: 4, by: finance, amount: 800, to: staff}
`;

/** A file as a workshop host would write it: the sample of the author's guide, in format 1. */
export const SAMPLE = `# yaml-language-server: $schema=./scenario.schema.json
format: 1
title: The late invoice
turns: 6
minutes: 45                     # the table's clock; the rules count turns
threshold: 2
parties:
  mara: {domain: bank-a, backup: safe-a}
  idris: {domain: bank-b, custodian: [Idris, Ines]}
  jun: {domain: vendor}
policy:
  big-needs-call: facts.amount < 1000 || approvals.exists(a, a.basis == "callback")
controls: {bind-payload: off, decision-log: off}
requests:
  payroll: {opens: 1, due: 4, by: finance, amount: 800, to: staff}
  invoice: {opens: 3, due: 6, by: finance, amount: "80000..90000", to: [acme, apex], required: [honest]}
worlds:
  honest: {}
  swapped:
    summary: The coordinator showed {invoice.to} and sent other bytes.
    weight: 2
    deal: |
      world: way-in at=coordinator
      world: bad-disk party=jun turn=4   # an innocent cause
    playbook:
      - when: invoice.open && points >= 1
        do: |
          attackers: swap-payload invoice to=eve
injects:
  - at: 3
    text: "{idris} is on a plane; his machine does not answer."
    do: |
      attackers: drop party=idris
  - when: turn >= 3 && payroll.open
    to: [commander, mara]
    from: Finance
    text:
      swapped: Sign both, please. {invoice.amount} to {invoice.to}.
      default: Salaries are late.
    ask: {by: 4, text: What would you need to see before you approve?}
attackers: {points: 2, account: [offshore-71, offshore-72]}
objectives:
  operators:
    payroll in time: payroll.final && payroll.final_at <= payroll.due
    nothing else leaves: outputs.all(o, o.authorised)
  attackers:
    the money: outputs.exists(o, !o.authorised && o.final)
tests:
  - name: a call-back does not read the bytes
    world: swapped
    moves: |
      # the same lines as in a moves file
      turn 3
      operators: call-back invoice
      turn 4
      operators: approve invoice party=mara
    expect: outputs.exists(o, o.to == "eve")
  - name: signing without approvals is refused
    moves: "operators: sign payroll parties=mara,jun"
    expect: {refused: approvals}
`;

/** Loads a text under the name late.yaml. */
export function load(text: string): {scenario?: Scenario; diagnostics: readonly Diagnostic[]} {
	return loadScenario(text, {file: 'late.yaml', vocabulary});
}

/** The findings of a text as they are shown, without notes. */
export function shown(text: string): string {
	return load(text)
		.diagnostics.filter(({severity}) => severity !== 'note')
		.map(one => formatDiagnostic(one))
		.join('\n');
}

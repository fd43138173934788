// A short scenario file with tests that hold, for commands of authors: three parties, two worlds.
export const lateInvoice = `format: 1
title: The late invoice
turns: 4
threshold: 2
parties:
  mara: {domain: bank-a}
  idris: {domain: bank-b}
  jun: {domain: vendor}
policy:
  big-needs-call: facts.amount < 1000 || approvals.exists(a, a.basis == "callback")
requests:
  payroll: {opens: 1, due: 3, by: finance, amount: 800, to: staff}
  invoice: {opens: 2, due: 4, by: finance, amount: 90000, to: acme}
worlds:
  honest: {}
  swapped:
    summary: The coordinator lied.
    deal: |
      world: way-in at=coordinator
    playbook:
      - when: invoice.open && !frozen
        do: |
          attackers: swap-payload invoice
injects:
  - at: 2
    text: Idris is on a plane; his machine does not answer.
    do: |
      world: maintenance party=idris turns=1
  - when: turn >= 2 && !payroll.signed
    from: Finance
    worlds: [honest]
    text: Salaries are late.
objectives:
  operators:
    payroll in time: payroll.signed && payroll.signed_at <= payroll.due
tests:
  - name: payroll on display
    world: honest
    moves: |
      operators: approve payroll party=mara basis=display
      operators: approve payroll party=jun basis=display
      operators: sign payroll parties=mara,jun
      turn 2
    expect: payroll.signed && outputs.all(o, o.authorised)
  - name: "nothing without approvals: refused"
    moves: "operators: sign payroll parties=mara,jun"
    expect:
      refused: have not approved
`;

// A drill of two turns: its scenario and its roster.

/** Its one world is called by a word that stands nowhere else. */
export const scenario = `format: 1
title: Two turns
minutes: 10
turns: 2
parties:
  ada: {domain: office}
  ben: {domain: cloud}
  chi: {domain: vendor}
threshold: 2
requests:
  payroll: {opens: 1, due: 2, by: finance, amount: 800, to: staff, required: false}
worlds:
  wombat: {summary: "All is well in the burrow."}
`;

export const roster = `commander, ada: Mara Lind, head of treasury
ben: Jun Park, cloud engineer
chi: Lee Wong, data centre, absent
facilitator: Sam Roe
attackers: bot idle
may freeze: the commander
objective: see who asks first
`;

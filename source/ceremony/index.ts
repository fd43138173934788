/** The entrance of the folder: see README.md for what lives here and api.ts for the shapes. */

export {
	type Anchor,
	anchorOf,
	append,
	checkAnchors,
	checkChain,
	type Log,
} from './anchored-log.js';
export type * from './api.js';
export {
	type ApprovalCheckName,
	type ApprovalUse,
	approvalId,
	checkApproval,
	signApproval,
} from './approval.js';
export {corruptPartial, corruptValue, equivocate, forge, rewriteEnvelope, tryShares} from './attack.js';
export {replayApproval} from './attacks/approvals.js';
export {worked} from './attacks/attack.js';
export {plunder, poisonBackup, relabelBackup} from './attacks/backups.js';
export {reseat, shareAtZero} from './attacks/indexes.js';
export {plantInput} from './attacks/input.js';
export {plantEntry, trimEntry} from './attacks/log.js';
export {impersonate, raiseThreshold} from './attacks/messages.js';
export {extractShare, type NonceUse, nonceUseOf, repeatedNonces} from './attacks/nonces.js';
export {difference, tripleReuse, unmask} from './attacks/queries.js';
export {keyFromConstants, regenerateDeal, regenerateNonce} from './attacks/randomness.js';
export {rogueKey, rogueResult} from './attacks/rogue-key.js';
export {followRefresh, mixed, reconstruct, secretsLeft} from './attacks/shares.js';
export {type Backup, type BackupKey, depositBackup, drillBackup, makeBackupKey, openBackup, sealBackup} from './backup.js';
export {startComputing} from './computation.js';
export type {Program} from './computation-circuit.js';
export {computedOf, startTriples} from './computation-dealer.js';
export {signatureOf, startCoordinating} from './coordinating.js';
export {makeIdentity, memberOf} from './identity.js';
export {fingerprintOf, keyPublicOf, keyShareOf, keySharesOf, settledShares} from './key-shares.js';
export {startDealer, startKeygen, startReceiver} from './keygen.js';
export {
	delay,
	deliver,
	drop,
	dueBy,
	eavesdrop,
	network,
	partition,
	replay,
	tamper,
	tamperField,
} from './network.js';
export {type Recovery, recover, signSweep} from './recovery.js';
export {checkTombstone, exposureOf, tombstoneOf} from './retirement.js';
export {runCeremony, sideOf} from './run.js';
export {startRefresh, startRepair, startReshare} from './same-key.js';
export {startSigning} from './signing.js';
export {verifyOutput} from './verify-output.js';

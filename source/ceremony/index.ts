/** The entrance of the folder: see README.md for what lives here and api.ts for the shapes. */
export type * from './api.js';
export {corruptPartial, corruptValue, equivocate, forge, rewriteEnvelope, tryShares} from './attack.js';
export {type BackupKey, depositBackup, drillBackup, makeBackupKey, openBackup, sealBackup} from './backup.js';
export {startComputing} from './computation.js';
export type {Program} from './computation-circuit.js';
export {computedOf, startTriples} from './computation-dealer.js';
export {signatureOf, startCoordinating} from './coordinating.js';
export {makeIdentity, memberOf} from './identity.js';
export {fingerprintOf, keyPublicOf, keyShareOf, keySharesOf, settledShares} from './key-shares.js';
export {startDealer, startKeygen, startReceiver} from './keygen.js';
export {type Recovery, recover, signSweep} from './recovery.js';
export {checkTombstone, exposureOf, tombstoneOf} from './retirement.js';
export {runCeremony, sideOf} from './run.js';
export {startRefresh, startRepair, startReshare} from './same-key.js';
export {startSigning} from './signing.js';
export {verifyOutput} from './verify-output.js';

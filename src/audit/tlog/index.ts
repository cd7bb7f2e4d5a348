/**
 * tlog: transparency logs that outsiders check with tools of their own. RFC 6962/9162 trees; C2SP signed-note,
 * tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-witness and tlog-proof.
 * In: entries of at most 65,535 bytes, Ed25519 keys, a function that reads a file of the log by its path. Out: the bytes
 * of files, signed notes, proofs and verdicts. Nothing here reads or writes files, the network or the clock.
 * Hashes are SHA-256, 32 bytes; places and sizes whole numbers up to 2^53 - 1; times whole seconds since 1970 UTC.
 * Malformed input from outside gives null or a fault, wrong use a RangeError, a log that cannot be read a TlogError.
 * Depends on node:crypto alone. See docs/spec/tlog-tiles.md, cosignatures.md, tlog-proof.md.
 */
export { checkTiles, type TilesFault, type TilesReport } from './check-tiles.ts'
export {
  type Checkpoint,
  type CheckpointFault,
  checkpointText,
  type OpenedCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  type TrustedLog,
} from './checkpoint.ts'
export {
  CompactRange,
  foldHashes,
  frontierOf,
  type NodeAddress,
  perfectNodes,
  type TreeNode,
} from './compact-range.ts'
export {
  acceptCosignatures,
  addSignatures,
  type Cosignature,
  type Cosigner,
  cosigner,
  countCosignatures,
  parseWitnessKey,
  type ReadCosignatures,
  readCosignatures,
  type WitnessKey,
} from './cosignature.ts'
export { checkEntry, decodeBundle, encodeBundle, MOST_ENTRY_BYTES } from './entry-bundle.ts'
export { type GrownTree, growTree, type TileFile, type TreeState } from './grow-tree.ts'
export {
  isNoteName,
  type NoteFault,
  type NoteSigner,
  type NoteVerifier,
  noteSigner,
  type OpenedNote,
  openNote,
  parseVerifierKey,
} from './note.ts'
export {
  formatNote,
  formatSignatureLine,
  MOST_NOTE_BYTES,
  MOST_SIGNATURES,
  type NoteSignature,
  type ParsedNote,
  parseNote,
  parseSignatureLines,
} from './note-format.ts'
export {
  consistencyRanges,
  inclusionRanges,
  type LeafRange,
  verifyConsistency,
  verifyInclusion,
} from './proof.ts'
export { changedTiles, parseTilePath, TILE_WIDTH, type Tile, tilePath } from './tile-path.ts'
export { type ReadTile, TileTree } from './tile-tree.ts'
export { decodeTile, encodeTile } from './tiles.ts'
export { TlogError, type TlogErrorCode } from './tlog-error.ts'
export {
  checkPolicy,
  decodeTlogProof,
  encodeTlogProof,
  type TlogProof,
  type TlogProofFault,
  type VerifiedProof,
  verifyTlogProof,
  type WitnessPolicy,
} from './tlog-proof.ts'
export { emptyRoot, leafHash, nodeHash, sameHash } from './tree-hash.ts'
export {
  type AddCheckpoint,
  CONFLICT_TYPE,
  decideAddCheckpoint,
  decodeAddCheckpoint,
  decodeConflict,
  encodeAddCheckpoint,
  encodeConflict,
  MOST_PROOF_HASHES,
  MOST_REQUEST_BYTES,
  WITNESS_STATUS,
  type WitnessDecision,
  type WitnessState,
} from './witness-protocol.ts'

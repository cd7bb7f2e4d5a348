import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256Hex } from '../../base/index.ts'
import { type Checkpoint, type Cosigner, parseCheckpoint, parseNote, parseWitnessKey } from '../tlog/index.ts'
import { DecisionLog } from './decision-log.ts'
import { DRAFT_END, publishDraft, syncFolder, writeDraft, writeWhole } from './durable-file.ts'
import { type Evidence, EvidenceFolder } from './evidence-folder.ts'
import { lockFolder } from './lock-folder.ts'
import { systemCode, WitnessError } from './witness-error.ts'
import { makeWitnessKey, readWitnessKey } from './witness-key.ts'

/** The last checkpoint of a log that this witness cosigned, and the note that says so. */
export interface CosignedState {
  readonly checkpoint: Checkpoint
  /** The text, the log's signatures and the witness's own. */
  readonly note: string
}

/**
 * The folder of a witness: `key`, `state/<SHA-256 of the origin>` (the note cosigned last), `origins` (every log ever
 * cosigned, so that a state that is gone is missed), `evidence/`, `decisions.jsonl` and `lock`. One process writes it.
 */
export class WitnessStore {
  readonly signer: Cosigner
  readonly decisions: DecisionLog
  readonly #folder: string
  readonly #states: Map<string, CosignedState>
  readonly #evidence: EvidenceFolder
  readonly #unlock: () => void
  #unsure = false

  private constructor(folder: string, parts: StoreParts) {
    this.#folder = folder
    this.signer = parts.signer
    this.decisions = parts.decisions
    this.#states = parts.states
    this.#evidence = parts.evidence
    this.#unlock = parts.unlock
  }

  /**
   * @param name of the witness; needed for a new folder only. @throws WitnessError `folder_taken`, `folder_unfit`,
   *   `key_unfit`, or `state_damaged` when anything it must remember is missing or changed.
   */
  static async open(folder: string, name: { readonly given?: string; readonly preset: string }): Promise<WitnessStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => unfit(folder, cause))
    const unlock = lockFolder(folder)
    try {
      const signer = (await readWitnessKey(join(folder, 'key'), name.given)) ?? (await begin(folder, name))
      const states = await readStates(folder, signer)
      const evidence = await EvidenceFolder.open(join(folder, 'evidence'))
      const decisions = await DecisionLog.open(join(folder, 'decisions.jsonl'))
      return new WitnessStore(folder, { signer, states, evidence, decisions, unlock })
    } catch (error) {
      unlock()
      return unfit(folder, error)
    }
  }

  /** What was cosigned last of a log. */
  get(origin: string): CosignedState | undefined {
    return this.#states.get(origin)
  }

  /**
   * Remembers a checkpoint: only when this returns may its cosignature be given out. Calls for one origin must not
   * overlap. @throws WitnessError `disk_failed`; then the one before is still what was cosigned last.
   */
  async remember(state: CosignedState): Promise<void> {
    const { origin } = state.checkpoint
    if (this.#unsure) throw diskFailed('What is on disk is not known since a write failed.')
    const path = statePath(this.#folder, origin)
    const draft = await writeDraft(path, state.note).catch((cause: unknown) => {
      throw diskFailed('The checkpoint could not be written.', cause)
    })
    try {
      await publishDraft(draft, path)
      if (!this.#states.has(origin)) await writeOrigins(this.#folder, [...this.#states.keys(), origin])
    } catch (cause) {
      this.#unsure = true
      throw diskFailed('The checkpoint could not be put in its place.', cause)
    }
    this.#states.set(origin, state)
  }

  /** Keeps a refused checkpoint; its path, or null when it was kept before. */
  keepEvidence(evidence: Evidence): Promise<string | null> {
    return this.#evidence.keep(evidence)
  }

  async close(): Promise<void> {
    await this.decisions.close()
    this.#unlock()
  }
}

interface StoreParts {
  readonly signer: Cosigner
  readonly states: Map<string, CosignedState>
  readonly evidence: EvidenceFolder
  readonly decisions: DecisionLog
  readonly unlock: () => void
}

/** A new folder; its key is made last, so that a folder with a key has had everything else. */
async function begin(folder: string, name: { readonly given?: string; readonly preset: string }): Promise<Cosigner> {
  await mkdir(join(folder, 'state'), { recursive: true, mode: 0o700 })
  if ((await readdir(join(folder, 'state'))).length > 0) throw damaged('There are cosigned checkpoints, but no key.')
  await writeOrigins(folder, [])
  await syncFolder(folder)
  return await makeWitnessKey(join(folder, 'key'), name.given ?? name.preset)
}

async function readStates(folder: string, signer: Cosigner): Promise<Map<string, CosignedState>> {
  const listed = await readOrigins(folder)
  const names = await readdir(join(folder, 'state')).catch((cause: unknown) => {
    throw damaged('The folder of cosigned checkpoints cannot be read.', cause)
  })
  const states = new Map<string, CosignedState>()
  for (const name of names) {
    const path = join(folder, 'state', name)
    if (name.endsWith(DRAFT_END)) {
      await rm(path, { force: true })
    } else {
      const state = readState(await readFile(path, 'utf8'), signer)
      if (state === null || sha256Hex(state.checkpoint.origin) !== name) throw damaged(`The file ${path} is damaged.`)
      states.set(state.checkpoint.origin, state)
    }
  }
  const lost = listed.find((origin) => !states.has(origin))
  if (lost !== undefined) throw damaged(`The checkpoint cosigned last for ${lost} is missing.`)
  // A process that was killed between the two files has not given out its cosignature, or the disk never had the second.
  if (states.size > listed.length) await writeOrigins(folder, [...states.keys()])
  return states
}

/** A state is what this witness itself cosigned, unchanged; null for anything else. */
function readState(text: string, signer: Cosigner): CosignedState | null {
  const key = parseWitnessKey(signer.verifierKey)
  const note = parseNote(text)
  const checkpoint = note === null ? null : parseCheckpoint(note.text)
  const own = note?.signatures.find((one) => one.name === signer.name && one.keyId === key?.keyId)
  if (note === null || checkpoint === null || own === undefined) return null
  return key?.verifies(note.text, own.signature) === true ? { checkpoint, note: text } : null
}

async function readOrigins(folder: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, 'origins'), 'utf8').catch((cause: unknown) => {
    throw damaged(`The list of logs cannot be read (${systemCode(cause)}).`, cause)
  })
  const origins = text.split('\n')
  if (origins.pop() !== '') throw damaged('The list of logs is damaged.')
  return origins
}

async function writeOrigins(folder: string, origins: readonly string[]): Promise<void> {
  await writeWhole(join(folder, 'origins'), origins.map((origin) => `${origin}\n`).join(''))
}

function statePath(folder: string, origin: string): string {
  return join(folder, 'state', sha256Hex(origin))
}

/** What the operating system refused is told as a WitnessError. */
function unfit(folder: string, error: unknown): never {
  if (error instanceof WitnessError || systemCode(error) === '') throw error
  const remedy = 'Let the account that runs the witness write there, and see that there is room.'
  throw new WitnessError('folder_unfit', `The folder ${folder} cannot be used (${systemCode(error)}).`, remedy, error)
}

function diskFailed(message: string, cause?: unknown): WitnessError {
  const remedy = 'Make room or replace the disk, and start the witness again.'
  return new WitnessError('disk_failed', message, remedy, cause)
}

function damaged(message: string, cause?: unknown): WitnessError {
  const remedy = 'A witness that forgets must not go on under its key: begin a new folder and publish its new key.'
  return new WitnessError('state_damaged', message, remedy, cause)
}

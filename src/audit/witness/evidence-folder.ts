import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson, sha256Hex } from '../../base/index.ts'
import { writeWhole } from './durable-file.ts'

/** The most files that are kept: a log that misbehaves without end must not fill the disk. */
export const MOST_EVIDENCE = 1_000

/**
 * A checkpoint that a log signed and that was refused. `other_root`: of the same size as the one cosigned, with another
 * root; the two notes alone prove a split view. `bad_proof`: it was not shown to extend the one cosigned.
 */
export interface Evidence {
  readonly kind: 'other_root' | 'bad_proof'
  readonly origin: string
  /** UTC, to 0.01 s. */
  readonly found: string
  /** The note cosigned before; null for none. */
  readonly cosigned: string | null
  readonly refused: string
  /** The proof that came with it, base64. */
  readonly proof: readonly string[]
}

/** What was refused and is worth keeping, a JSON file each, named by what is in it. */
export class EvidenceFolder {
  readonly #folder: string
  readonly #kept: Set<string>

  private constructor(folder: string, kept: Set<string>) {
    this.#folder = folder
    this.#kept = kept
  }

  static async open(folder: string): Promise<EvidenceFolder> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return new EvidenceFolder(folder, new Set(await readdir(folder)))
  }

  /** Keeps it durably; its path. Null when the same was kept before, or there is too much already. */
  async keep(evidence: Evidence): Promise<string | null> {
    const { kind, cosigned, refused } = evidence
    const name = `${kind}-${sha256Hex(canonicalJson([cosigned, refused])).slice(0, 32)}.json`
    if (this.#kept.has(name) || this.#kept.size >= MOST_EVIDENCE) return null
    const path = join(this.#folder, name)
    await writeWhole(path, `${canonicalJson({ ...evidence })}\n`)
    this.#kept.add(name)
    return path
  }
}

import { canonicalJson } from '../base/index.ts'
import { SAMPLES } from './entries.fixture.ts'
import { entryText, type UncheckedEntry } from './entry.ts'
import { headerText } from './export-header.ts'
import { checkpointText } from './tlog/checkpoint.ts'
import { CompactRange } from './tlog/compact-range.ts'
import { noteSigner } from './tlog/note.ts'

export const ORIGIN = 'county.example/log'
export const SEED = Buffer.alloc(32, 7)
export const SIGNER = noteSigner(ORIGIN, SEED)

/** The leaf texts of a log of `count` entries, one a second. */
export function leafTexts(count: number): string[] {
  const start = Date.UTC(2026, 10, 22, 15)
  return Array.from({ length: count }, (_, seq) => {
    const at = `${new Date(start + seq * 1000).toISOString().slice(0, 22)}Z`
    return entryText(SAMPLES[seq % SAMPLES.length] as UncheckedEntry, seq, at)
  })
}

/** The signed checkpoint of a log with these leaves. */
export function checkpointOf(leaves: readonly string[], signer = SIGNER, origin = ORIGIN): string {
  const tree = new CompactRange()
  for (const leaf of leaves) tree.append(Buffer.from(leaf))
  return signer.sign(checkpointText({ origin, size: tree.size, root: tree.root() }))
}

/** The lines of an honest export; a test changes what it wants to be found. */
export function exportOf(leaves: readonly string[]): string[] {
  const header = { origin: ORIGIN, verifierKey: SIGNER.verifierKey, checkpoint: checkpointOf(leaves) }
  return [headerText(header), ...leaves]
}

/** The header line with some fields changed. */
export function changedHeader(line: string, changes: Readonly<Record<string, string>>): string {
  return canonicalJson({ ...JSON.parse(line), ...changes })
}

/** Lines as a file has them. */
export function asFile(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

import { canonicalJson, type JsonValue } from '../base/index.ts'
import type { ExportLine } from './export-lines.ts'
import { type Checkpoint, parseCheckpoint } from './tlog/checkpoint.ts'
import { openNote, parseVerifierKey } from './tlog/note.ts'
import type { ExportFault, ExportFaultCode } from './verify-report.ts'

const EXPORT_FORMAT = 'countenance-log/1'

/** The first line of an export. */
interface Header {
  readonly format: string
  readonly origin: string
  readonly verifierKey: string
  /** A signed note. */
  readonly checkpoint: string
}

/** What the first line promises about the lines after it; no checkpoint when it promises nothing readable. */
export interface HeaderReading {
  readonly checkpoint: Checkpoint | null
  readonly faults: readonly ExportFault[]
}

export function headerText(header: Omit<Header, 'format'>): string {
  return canonicalJson({ format: EXPORT_FORMAT, ...header })
}

/** Reads the first line and checks its signature with the given key, or else with the key the export brings. */
export function readHeader(line: ExportLine | undefined, givenKey: string | undefined): HeaderReading {
  const header = parseHeader(line?.text ?? '')
  if (header === null) return broken('header_unreadable', 'The first line is not the header of a log export.')
  if (header.format !== EXPORT_FORMAT) {
    return broken('format_unknown', `The format "${header.format}" is not ${EXPORT_FORMAT}.`)
  }
  const checkpoint = parseCheckpoint(header.checkpoint.slice(0, header.checkpoint.lastIndexOf('\n\n') + 1))
  if (checkpoint === null) return broken('checkpoint_unreadable', 'The checkpoint in the header cannot be read.')
  const faults = [...keyFaults(header, givenKey), ...signatureFaults(header, givenKey ?? header.verifierKey)]
  if (checkpoint.origin !== header.origin) {
    faults.push(fault('origin_differs', `The header names ${header.origin}, the checkpoint ${checkpoint.origin}.`))
  }
  return { checkpoint, faults }
}

function keyFaults(header: Header, givenKey: string | undefined): readonly ExportFault[] {
  if (givenKey === undefined || givenKey === header.verifierKey) return []
  return [fault('key_differs', 'The export names another key than the one given.')]
}

function signatureFaults(header: Header, key: string): readonly ExportFault[] {
  const verifier = parseVerifierKey(key)
  if (verifier === null) return [fault('key_unreadable', 'The key is not an Ed25519 verifier key (C2SP signed-note).')]
  const opened = openNote(header.checkpoint, [verifier])
  if (!opened.ok) {
    if (opened.fault === 'note_malformed')
      return [fault('checkpoint_unreadable', 'The checkpoint is not a signed note.')]
    if (opened.fault === 'signature_wrong') {
      return [fault('signature_wrong', 'The signature on the checkpoint is wrong: its text was changed.')]
    }
    return [fault('signature_unknown', `The checkpoint is not signed with the key ${key}.`)]
  }
  if (parseCheckpoint(opened.text)?.origin === verifier.name) return []
  return [fault('origin_differs', `The key of ${verifier.name} signed a checkpoint of another log.`)]
}

function parseHeader(text: string): Header | null {
  try {
    const value = JSON.parse(text) as Readonly<Record<string, JsonValue>> | null
    const keys = ['checkpoint', 'format', 'origin', 'verifierKey']
    const fits = value !== null && Object.keys(value).sort().join() === keys.join()
    return fits && keys.every((key) => typeof value[key] === 'string') ? (value as unknown as Header) : null
  } catch {
    return null
  }
}

function broken(code: ExportFaultCode, sentence: string): HeaderReading {
  return { checkpoint: null, faults: [fault(code, sentence)] }
}

function fault(code: ExportFaultCode, sentence: string): ExportFault {
  return { line: 1, code, sentence }
}

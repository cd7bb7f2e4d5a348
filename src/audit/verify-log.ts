import { append } from './append.ts'
import { AuditError } from './audit-error.ts'
import { exportLines } from './export-log.ts'
import { integrate } from './integrate.ts'
import type { LogReader } from './read-entries.ts'
import { readTree } from './records.ts'
import { type LogContext, signCheckpoint } from './sign-checkpoint.ts'
import { verifyExport } from './verify-export.ts'
import type { ExportFaultCode, VerifyReport } from './verify-report.ts'

/** Checks the whole stored log against a checkpoint signed now, and writes down what was found. */
export async function verifyLog(context: LogContext, reader: LogReader): Promise<VerifyReport> {
  const report = await checkStored(context)
  await recordFinding(context, reader, report)
  return report
}

async function checkStored(context: LogContext): Promise<VerifyReport> {
  try {
    await integrate(context.store)
    const checkpoint = await context.store.transaction({ agency: null }, (tx) => signCheckpoint(tx, context))
    return await verifyExport(exportLines(context, checkpoint), { verifierKey: context.signer.verifierKey })
  } catch (error) {
    if (error instanceof AuditError) return unsigned(context, error)
    throw error
  }
}

/** Nothing could be signed: that itself is the fault. */
function unsigned(context: LogContext, error: AuditError): VerifyReport {
  const fault = { line: 1, code: error.code as ExportFaultCode, sentence: error.message }
  const origin = context.signer.name
  return { ok: false, size: 0, root: '', origin, faults: [fault], warnings: [], keySource: 'given' }
}

/** A log too damaged to be added to cannot record that it is: the report says so all the same. */
async function recordFinding(context: LogContext, reader: LogReader, report: VerifyReport): Promise<void> {
  const who = { actor: reader?.account ?? null, agency: reader?.agency ?? null, about: null }
  const codes = [...new Set(report.faults.map((fault) => fault.code))]
  try {
    await context.store.transaction({ agency: null }, async (tx) => {
      const { size } = await readTree(tx)
      if (report.ok) {
        await append(tx, context, { act: 'log.verified', ...who, facts: { size: report.size, root: report.root } })
      } else {
        await append(tx, context, { act: 'log.faulted', ...who, facts: { size, codes } })
      }
    })
  } catch (error) {
    if (!(error instanceof AuditError) || report.ok) throw error
  }
}

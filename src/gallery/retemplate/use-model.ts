import type { Tx } from '../../store/index.ts'
import { lockGallery } from '../records-template.ts'
import { countCoverage, insertGalleryModel } from './records.ts'
import type { TemplateCoverage } from './template-coverage.ts'

/**
 * Waits for enrolments to end and keeps others out until the transaction does, then says how far the model has come:
 * what is decided on it stays true. Asks no role.
 */
export async function settledCoverage(tx: Tx, modelSha256: string): Promise<TemplateCoverage> {
  await lockGallery(tx)
  return await countCoverage(tx, modelSha256)
}

/** From the end of this transaction on only this model enrols; one under way with another is refused. Asks no role. */
export async function enrolWith(tx: Tx, modelSha256: string, since: string): Promise<void> {
  await lockGallery(tx)
  await insertGalleryModel(tx, modelSha256, since)
}

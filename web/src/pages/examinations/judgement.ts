import type { Judged } from '../../api/examinations.ts'
import type { ExaminationView, VerdictCode } from '../../api/types.ts'

/** What stands on the page for one candidate. */
export interface Judgement {
  readonly candidate: string
  readonly verdict: VerdictCode | null
  readonly note: string | null
}

export function judgementOf({ candidate, verdict, note }: Judged): Judgement {
  return { candidate, verdict, note: note.trim() || null }
}

/** The view with this judgement in it; with `over`, only where that one still stands, so that a later one is left alone. */
export function withJudgement(view: ExaminationView, judged: Judgement, over?: Judgement): ExaminationView {
  const { candidate, verdict, note } = judged
  return {
    ...view,
    candidates: view.candidates.map((one) => {
      const stands = over === undefined || (one.verdict === over.verdict && one.note === over.note)
      return one.id === candidate && stands ? { ...one, verdict, note } : one
    }),
  }
}

import type { ExaminationRecord as KeptRecord, QueueItem, ExaminationView as View } from '../../examination/index.ts'
import type { ExaminationRecord, ExaminationView, QueuePlace, RecordedExamination } from '../contract/index.ts'

export function placeBody(item: QueueItem): QueuePlace {
  const { request, order, state, examination = null, receivedAt, candidates } = item
  return { request, order, state, examination, receivedAt, candidates }
}

/** Field by field, so that nothing a room may one day add is passed on to an examiner. */
export function viewBody(view: View): ExaminationView {
  const { id, request, order, openedAt, signed, probe, searched } = view
  return {
    ...{ id, request, order, openedAt, signed, searched },
    probe: {
      imageUrl: `/api/examinations/${id}/probe/image`,
      ...{ width: probe.width, height: probe.height },
      face: { box: probe.face.box, landmarks: probe.face.landmarks.map(({ x, y }) => ({ x, y })) },
      limitations: [...probe.limitations],
    },
    candidates: view.candidates.map(({ id: candidate, photoDate, verdict, note }) => ({
      ...{ id: candidate, photoDate, verdict, note },
      imageUrl: `/api/examinations/${id}/candidates/${candidate}/image`,
    })),
  }
}

export function recordBody(record: KeptRecord): ExaminationRecord {
  const { request, state, outcome, candidate, settledBy, resolvedAt, searched, threshold, model } = record
  const { proof, narrowed, searchSentence } = record
  return {
    ...{ proof: proof && { ...proof }, narrowed, searchSentence },
    ...{ request, state, outcome, candidate, settledBy, resolvedAt, searched, threshold, model },
    scale: 'cosine',
    candidates: record.candidates.map(({ id, rank, score, photoDate, expectedByChance, floor, others, verdicts }) => ({
      ...{ id, rank, score, photoDate, expectedByChance, floor },
      others: others.map(({ booking, score: own }) => ({ booking, score: own })),
      verdicts: verdicts.map(({ order, verdict, note }) => ({ order, verdict, note })),
    })),
    examinations: record.examinations.map(examinationBody),
  }
}

function examinationBody(examination: KeptRecord['examinations'][number]): RecordedExamination {
  const { id, order, examiner, openedAt, signature } = examination
  return {
    ...{ id, order, examiner: examiner.account, examinerName: examiner.name, openedAt },
    signature: signature && signatureBody(signature),
  }
}

function signatureBody(signature: NonNullable<KeptRecord['examinations'][number]['signature']>) {
  const { conclusion, leadCandidate, limitations, justification, digest, signedAt } = signature
  return { conclusion, leadCandidate, limitations, justification, digest, signedAt }
}

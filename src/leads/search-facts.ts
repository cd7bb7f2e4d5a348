import type { LeadFile } from './lead-file.ts'
import { ageText, count, moment, plural, taken } from './sheet-words.ts'

/** The facts beside the two photographs of the sheet: the search, and the candidate's place in it. */
export function searchFacts(file: LeadFile) {
  const { candidate, candidates } = file
  return [
    { label: 'Photographs searched', value: searchedOf(file), strong: true },
    { label: 'Rank of this candidate', value: `${candidate.rank} of ${candidates.length} listed`, strong: true },
    { label: 'Similarity score (cosine)', value: candidate.score.toFixed(3), strong: true },
    { label: 'Age of the photograph', value: ageText(candidate.photoAgeYears), strong: true },
    { label: 'The list of candidates', value: proofText(file), strong: false },
    { label: 'Newest photograph of that booking’s person', value: newest(candidate), strong: false },
    { label: 'Asked for by', value: file.request.requesterName, strong: false },
    { label: 'Asked for on', value: moment(file.request.createdAt), strong: false },
  ]
}

function searchedOf({ searched, proof }: LeadFile): string {
  return proof === null || proof.enrolled === searched
    ? count(searched)
    : `${count(searched)} of ${count(proof.enrolled)}`
}

function proofText({ searched, proof }: LeadFile): string {
  return proof === null ? 'no proof was made' : `proved exact over ${plural(searched, 'photograph')}`
}

function newest({ photoDate, newestPhotoDate }: LeadFile['candidate']): string {
  return newestPhotoDate === null || newestPhotoDate === photoDate ? 'this one' : taken(newestPhotoDate)
}

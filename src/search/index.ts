/**
 * search: one permitted search of the gallery.
 * In: a permit. Out: a candidate list of at most 50 with rank, similarity score (cosine, -1 to 1),
 * photo date, the number of photographs searched and the proof that the list is exact. An empty list is a normal answer.
 * The authorisation entry is durable before the first comparison. Roles: the holder of the permit.
 * `searchOf` is for examination and leads; who may read the request gets `searchSummary`, without candidates.
 */
export type { Candidate, OtherPhoto, SearchProof, SearchRecord, SearchSummary } from './candidate-list.ts'
export { searchOf } from './records.ts'
export { runSearch, type SearchCode } from './run-search.ts'
export type { SearchDeps } from './search-deps.ts'
export { searchSentence } from './search-sentence.ts'
export { searchSummary } from './search-summary.ts'

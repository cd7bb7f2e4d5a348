import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { searchOf } from '../search/index.ts'
import { opaqueCandidateId } from './blind-view.ts'
import { examinationCandidateImage, examinationProbeImage } from './examination-images.ts'
import { openExamination } from './open-examination.ts'
import { must, openTestCounty, type TestCounty } from './test-county.ts'

let county: TestCounty
let request: string
let examination: string
beforeAll(async () => {
  county = await openTestCounty()
  request = await county.searched()
  examination = must(await openExamination(county.deps, county.people.first, request)).id
})
afterAll(() => county.deps.store.close())

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString()

describe('the images of an examination', () => {
  it('are the probe and the photograph of each candidate, by its opaque id', async () => {
    const { first } = county.people
    expect(textOf(must(await examinationProbeImage(county.deps, first, examination)))).toBe('PERSON:ann:probe')
    const { agency } = first
    const search = await county.deps.store.transaction({ agency }, (tx) => searchOf(tx, request))
    const shown: string[] = []
    for (const { id } of search?.candidates ?? []) {
      const opaque = opaqueCandidateId(examination, id)
      shown.push(textOf(must(await examinationCandidateImage(county.deps, first, examination, opaque))))
    }
    expect(shown.sort()).toEqual(['PERSON:ann:one', 'PERSON:ann:three', 'PERSON:ann:two'])
  })

  it('are refused for the real id of a candidate, or one not on the list', async () => {
    const { first } = county.people
    const outcome = await examinationCandidateImage(county.deps, first, examination, 'cand_00000000000000000001')
    expect(outcome).toMatchObject({ problem: { code: 'candidate_unknown' } })
  })

  it.each([
    ['second', 'not_found'],
    ['stranger', 'not_found'],
    ['requester', 'role_required'],
  ] as const)('are refused to %s as %s', async (name, code) => {
    const actor = county.people[name]
    const problem = { code }
    expect(await examinationProbeImage(county.deps, actor, examination)).toMatchObject({ problem })
    expect(await examinationCandidateImage(county.deps, actor, examination, 'cand_x')).toMatchObject({ problem })
  })
})

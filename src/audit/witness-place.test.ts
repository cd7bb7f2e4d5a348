import { describe, expect, it } from 'vitest'
import { cosigners } from './tlog/log.fixture.ts'
import { readWitnesses } from './witness-place.ts'

const [one = '', two = ''] = cosigners.map((cosigner) => cosigner.verifierKey)

describe('a list of witnesses', () => {
  it('is pairs of an address and a key', () => {
    expect(readWitnesses(`https://w.example/a ${one},\n http://127.0.0.1:7380  ${two} `)).toMatchObject([
      { url: 'https://w.example/a', key: { name: 'witness.example/w1' } },
      { url: 'http://127.0.0.1:7380', key: { name: 'witness.example/w2' } },
    ])
  })

  it.each([
    ['', 'pairs'],
    ['https://w.example', 'pairs'],
    [`https://w.example ${one} more`, 'pairs'],
    [`https://w.example ${one},`, 'pairs'],
    [`w.example ${one}`, 'number 1'],
    [`https://u:p@w.example ${one}`, 'hold no password'],
    [`https://w.example?a ${one}`, 'number 1'],
    [`https://w.example ${one}, https://x.example key`, 'verifier keys that the witnesses print; number 2'],
    [`https://w.example ${one}, https://x.example ${one}`, 'key of witness.example/w1 once'],
    [Array.from({ length: 21 }, () => `https://w.example ${one}`).join(), 'at most 20'],
  ])('%j is refused', (text, words) => {
    expect(readWitnesses(text)).toEqual(expect.stringMatching(new RegExp(`^must .*${words}`)))
  })
})

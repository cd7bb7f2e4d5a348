import { describe, expect, it } from 'vitest'
import { hashPassword, passwordFits } from './password.ts'

describe('password', () => {
  it('is kept as argon2id with 19 MiB, 2 passes and 1 lane, salted', async () => {
    const [one, other] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(other)
  })

  it('fits its own hash and no other', async () => {
    const kept = await hashPassword('correct horse')
    expect(await passwordFits(kept, 'correct horse')).toBe(true)
    expect(await passwordFits(kept, 'correct horsf')).toBe(false)
  })

  it('may be typed composed or decomposed', async () => {
    const kept = await hashPassword('caf\u00e9 au lait fort')
    expect(await passwordFits(kept, 'cafe\u0301 au lait fort')).toBe(true)
  })

  it('of nobody never fits, after the same kind of work', async () => {
    const kept = await hashPassword('correct horse')
    const took = async (hash: string | null) => {
      const start = performance.now()
      for (let turn = 0; turn < 5; turn += 1) expect(await passwordFits(hash, 'wrong password')).toBe(false)
      return performance.now() - start
    }
    const known = await took(kept)
    const unknown = await took(null)
    // The same parameters: neither is far from the other, even on a busy machine.
    expect(unknown).toBeGreaterThan(known / 5)
  })
})

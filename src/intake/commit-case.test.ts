import { describe, expect, it } from 'vitest'
import { commitCase } from './commit-case.ts'

describe('commitCase', () => {
  it('is opened by its salt and the case number, and by nothing else', () => {
    const { salt, digest } = commitCase('HC-26-004217')
    expect(salt).toMatch(/^[0-9a-f]{64}$/)
    expect(commitCase('HC-26-004217', salt).digest).toBe(digest)
    expect(commitCase('HC-26-004218', salt).digest).not.toBe(digest)
  })

  it('two requests of one case do not show that they belong together', () => {
    expect(commitCase('HC-26-004217').digest).not.toBe(commitCase('HC-26-004217').digest)
  })

  it('gives the digest an outsider computes', () => {
    expect(commitCase('A', '00').digest).toBe('491e0dcc4d40f635d414fea0a036364004d1ddb8d80537a7fb6ec0bb245afd19')
  })
})

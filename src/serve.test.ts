import { describe, expect, it } from 'vitest'
import { traceOf } from './serve.ts'

describe('what the operator is told about the unexpected', () => {
  it('of the database is its code and place, never the row it quotes', () => {
    const error = Object.assign(new Error('invalid input syntax for type date: "John Doe"'), {
      severity: 'ERROR',
      code: '22007',
      table: 'request',
      constraint: 'request_state_check',
      detail: 'Failing row contains (req_1, Ana Rivera, the narrative).',
    })
    const told = traceOf(new Error('The act failed.', { cause: error }))
    expect(told).toContain('The act failed.')
    expect(told).toContain('database error 22007, table request, constraint request_state_check')
    expect(told).toContain('serve.test.ts')
    for (const word of ['Rivera', 'narrative', 'Doe']) expect(told).not.toContain(word)
  })
})

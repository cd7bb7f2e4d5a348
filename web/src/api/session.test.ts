import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem } from './problem.ts'
import { queryClient } from './query-client.ts'
import { sessionQuery, signIn, signOut } from './session.ts'

afterEach(() => {
  queryClient.clear()
  vi.unstubAllGlobals()
})

const answer = (body: unknown, status = 200) =>
  vi.stubGlobal('fetch', async () =>
    status === 204 ? new Response(null, { status }) : Response.json(body, { status }),
  )
const kept = () => queryClient.getQueryData<object | null>(['session'])

const SESSION = { account: { id: 'acc_1', name: 'R' }, expiresAt: '2026-11-22T20:00:00Z', idleLockMinutes: 30 }

describe('signIn', () => {
  it('keeps who signed in, and neither the token nor anything of the person before', async () => {
    queryClient.setQueryData(['leads'], { leads: ['of somebody else'] })
    answer({ ...SESSION, token: 'secret' }, 201)
    await signIn({ username: 'r', password: 'p', acknowledged: true })
    expect(kept()).toEqual(SESSION)
    expect(queryClient.getQueryData(['leads'])).toBeUndefined()
  })

  it('keeps nothing after a refusal', async () => {
    answer({ code: 'sign_in_failed' }, 401)
    await expect(signIn({ username: 'r', password: 'x', acknowledged: true })).rejects.toBeInstanceOf(ApiProblem)
    expect(kept()).toBeUndefined()
  })
})

it('signOut forgets everything that was read', async () => {
  queryClient.setQueryData(['requests'], { requests: [] })
  answer(null, 204)
  await signOut()
  expect(queryClient.getQueryData(['requests'])).toBeUndefined()
  expect(kept()).toBeNull()
})

describe('sessionQuery', () => {
  const read = () => queryClient.fetchQuery({ ...sessionQuery, retry: false })

  it('is nobody when the service knows of no session, and a problem when it cannot say', async () => {
    answer({ code: 'not_signed_in' }, 401)
    expect(await read()).toBeNull()
    queryClient.clear()
    answer({}, 503)
    await expect(read()).rejects.toBeInstanceOf(ApiProblem)
  })
})

describe('queryClient', () => {
  const failing = (status: number) =>
    queryClient
      .fetchQuery({ queryKey: ['x', status], retry: false, queryFn: () => Promise.reject(new ApiProblem({ status })) })
      .catch(() => undefined)

  it('forgets the session when any call finds that it has ended, and only then', async () => {
    queryClient.setQueryData(['session'], SESSION)
    for (const status of [0, 403, 404, 409, 500]) await failing(status)
    expect(kept()).toEqual(SESSION)
    await failing(401)
    expect(kept()).toBeNull()
  })

  it.each([
    [0, 3],
    [503, 3],
    [404, 1],
    [403, 1],
    [500, 1],
  ])('asks again by itself only where that can help: status %i, %i times in all', async (status, times) => {
    let calls = 0
    const queryFn = () => {
      calls += 1
      return Promise.reject(new ApiProblem({ status }))
    }
    await queryClient.fetchQuery({ queryKey: ['again', status], retryDelay: 0, queryFn, ...retry() }).catch(() => null)
    expect(calls).toBe(times)
  })

  /** fetchQuery does not retry unless told: the rule is the one every query of a page has. */
  function retry() {
    const rule = queryClient.getDefaultOptions().queries?.retry
    return rule === undefined ? {} : { retry: rule as (failures: number, thrown: Error) => boolean }
  }
})

import { afterEach, describe, expect, it, vi } from 'vitest'
import { callApi, openApi, uploadForm } from './call-api.ts'
import { ApiProblem } from './problem.ts'

afterEach(() => vi.unstubAllGlobals())

/** Answers every call alike, and keeps what was asked. */
function fakeFetch(answer: () => Response | Promise<Response>) {
  const asked: { readonly address: string; readonly init: RequestInit }[] = []
  vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
    asked.push({ address, init })
    return answer()
  })
  return asked
}

const problemOf = (call: Promise<unknown>) =>
  call.then(
    () => expect.fail('it should not end well'),
    (thrown: unknown) => (thrown instanceof ApiProblem ? thrown.body : thrown),
  )

describe('callApi', () => {
  it('marks writes as sent by the console, and reads not', async () => {
    const asked = fakeFetch(() => Response.json({ id: 1 }))
    for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const) await callApi(method, '/things')
    expect(asked.map(({ init }) => new Headers(init.headers).get('x-countenance'))).toEqual([
      null,
      'console',
      'console',
      'console',
    ])
    expect(asked.every(({ address, init }) => address === '/api/things' && init.credentials === 'same-origin')).toBe(
      true,
    )
  })

  it('sends a body as JSON, and none as none', async () => {
    const asked = fakeFetch(() => Response.json({ ok: true }))
    expect(await callApi('POST', '/things', { a: 'é' })).toEqual({ ok: true })
    await callApi('POST', '/things')
    expect(asked.map(({ init }) => init.body)).toEqual(['{"a":"é"}', undefined])
    expect(asked.map(({ init }) => new Headers(init.headers).get('content-type'))).toEqual(['application/json', null])
  })

  it('reads nothing from an answer without content', async () => {
    fakeFetch(() => new Response(null, { status: 204 }))
    expect(await callApi('DELETE', '/session')).toBeUndefined()
  })

  it('throws the problem of the service, under the status that really came', async () => {
    fakeFetch(() => Response.json({ status: 200, code: 'permit_spent', detail: 'Used.' }, { status: 409 }))
    expect(await problemOf(callApi('POST', '/x'))).toEqual({ status: 409, code: 'permit_spent', detail: 'Used.' })
  })

  it.each(['<html>Bad gateway</html>', ''])(
    'keeps at least the status of an answer that is no problem: %o',
    async (text) => {
      fakeFetch(() => new Response(text, { status: 502 }))
      expect(await problemOf(callApi('GET', '/x'))).toEqual({ status: 502 })
    },
  )

  it('tells a service that cannot be reached from one that answers', async () => {
    fakeFetch(() => Promise.reject(new TypeError('network')))
    expect(await problemOf(callApi('GET', '/x'))).toEqual({ status: 0, code: 'unreachable' })
    expect(await problemOf(openApi('/x'))).toEqual({ status: 0, code: 'unreachable' })
  })
})

describe('openApi', () => {
  it('hands over the bytes, and a refusal as a problem', async () => {
    fakeFetch(() => new Response('%PDF'))
    expect(await (await openApi('/leads/led_1/sheet.pdf')).text()).toBe('%PDF')
    fakeFetch(() => Response.json({ code: 'not_found' }, { status: 404 }))
    expect(await problemOf(openApi('/leads/led_2/sheet.pdf'))).toEqual({ status: 404, code: 'not_found' })
  })
})

describe('uploadForm', () => {
  /** An upload that ends as told; `null` is a line that breaks. */
  function fakeUpload(end: { readonly status: number; readonly text: string } | null, loaded: readonly number[] = []) {
    const sent = { headers: new Map<string, string>(), address: '' }
    class FakeRequest {
      readonly upload: { onprogress?: (event: object) => void } = {}
      status = end?.status ?? 0
      responseText = end?.text ?? ''
      onload?: () => void
      onerror?: () => void
      open(_method: string, address: string) {
        sent.address = address
      }
      setRequestHeader(name: string, value: string) {
        sent.headers.set(name, value)
      }
      send() {
        for (const now of loaded) this.upload.onprogress?.({ lengthComputable: now >= 0, loaded: now, total: 8 })
        if (end === null) this.onerror?.()
        else this.onload?.()
      }
    }
    vi.stubGlobal('XMLHttpRequest', FakeRequest)
    return sent
  }
  const upload = (told: number[] = []) => uploadForm('/probes', new FormData(), (share) => told.push(share))

  it('tells how far it is and gives the answer', async () => {
    const told: number[] = []
    const sent = fakeUpload({ status: 201, text: '{"id":"prb_1"}' }, [-1, 2, 8])
    expect(await upload(told)).toEqual({ id: 'prb_1' })
    expect(told).toEqual([0, 0.25, 1])
    expect([sent.address, sent.headers.get('x-countenance')]).toEqual(['/api/probes', 'console'])
  })

  it.each([
    ['a refusal', { status: 422, text: '{"code":"no_face"}' }, { status: 422, code: 'no_face' }],
    ['an answer without a problem', { status: 502, text: '<html>' }, { status: 502 }],
    ['a success that says nothing', { status: 201, text: '<html>' }, { status: 201 }],
    ['a line that breaks', null, { status: 0, code: 'unreachable' }],
  ])('ends with a problem after %s', async (_words, end, body) => {
    fakeUpload(end)
    expect(await problemOf(upload())).toEqual(body)
  })
})

import { ApiProblem, type ProblemBody } from './problem.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One call to the service. Resolves with its JSON, throws ApiProblem for everything else. */
export async function callApi<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body)
  if (!response.ok) throw new ApiProblem(await readProblem(response))
  if (response.status === 204) return undefined as T
  return (await response.json()) as T
}

/** The raw answer, for streams and files. */
export async function openApi(path: string): Promise<Response> {
  const response = await send('GET', path, undefined)
  if (!response.ok) throw new ApiProblem(await readProblem(response))
  return response
}

async function send(method: Method, path: string, body: unknown): Promise<Response> {
  const headers = new Headers({ accept: 'application/json' })
  if (method !== 'GET') headers.set('x-countenance', 'console')
  if (body !== undefined) headers.set('content-type', 'application/json')
  const init: RequestInit = { method, headers, credentials: 'same-origin' }
  if (body !== undefined) init.body = JSON.stringify(body)
  try {
    return await fetch(`/api${path}`, init)
  } catch {
    throw new ApiProblem({ status: 0, code: 'unreachable' })
  }
}

async function readProblem(response: Response): Promise<ProblemBody> {
  try {
    return { ...((await response.json()) as ProblemBody), status: response.status }
  } catch {
    return { status: response.status }
  }
}

/** A multipart upload that tells how far it is (0..1); fetch cannot. */
export function uploadForm<T>(path: string, form: FormData, onProgress: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api${path}`)
    request.setRequestHeader('x-countenance', 'console')
    request.setRequestHeader('accept', 'application/json')
    request.upload.onprogress = (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0)
    request.onerror = () => reject(new ApiProblem({ status: 0, code: 'unreachable' }))
    request.onload = () => {
      const answer = parseJson(request.responseText)
      if (request.status < 300 && answer !== null) resolve(answer as T)
      else reject(new ApiProblem({ ...(answer as ProblemBody | null), status: request.status }))
    }
    request.send(form)
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

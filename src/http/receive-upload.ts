import type { FastifyRequest } from 'fastify'
import { refuse } from '../base/index.ts'
import { HttpProblem } from './http-problem.ts'

export interface Upload {
  /** The bytes of the file `image`. */
  readonly image: Uint8Array
  /** The text fields beside it. */
  readonly fields: Readonly<Record<string, string>>
}

/** Longest text field of an upload, in bytes. */
export const FIELD_LIMIT_BYTES = 4096

/** Reads a multipart body with one file named `image`; the limits are those the server was made with. */
export async function receiveUpload(request: FastifyRequest): Promise<Upload> {
  try {
    return await readParts(request)
  } catch (error) {
    throw isBroken(error) ? broken() : error
  }
}

async function readParts(request: FastifyRequest): Promise<Upload> {
  const fields: Record<string, string> = {}
  let image: Uint8Array | null = null
  for await (const part of request.parts()) {
    if (part.type === 'field') fields[part.fieldname] = readField(part, fields)
    else if (part.fieldname === 'image') image = await part.toBuffer()
    else throw unfit('input_invalid', `There is no file ${part.fieldname}`, part.fieldname)
  }
  if (image !== null) return { image, fields }
  const remedy = 'Send the photograph as the multipart field "image".'
  throw new HttpProblem(refuse('image_missing', 'No photograph was sent.', remedy, { where: 'image' }).problem)
}

/** The parser throws bare errors for a body that breaks off or is no multipart; all others carry a code. */
function isBroken(error: unknown): boolean {
  return error instanceof Error && !(error instanceof HttpProblem) && !('code' in error)
}

function broken(): HttpProblem {
  const message = 'The upload broke off, or it is not multipart.'
  return new HttpProblem(refuse('body_unreadable', message, 'Send the photograph again.').problem, { status: 400 })
}

/** An upload of a photograph and nothing else. */
export async function receivePhotograph(request: FastifyRequest): Promise<Uint8Array> {
  const { image, fields } = await receiveUpload(request)
  const stranger = Object.keys(fields)[0]
  if (stranger === undefined) return image
  throw unfit('input_invalid', `There is no field ${stranger}`, stranger)
}

interface Field {
  readonly fieldname: string
  readonly value: unknown
  readonly valueTruncated?: boolean
}

/** Said twice, nobody knows which one counts; cut short, it is not what was sent. */
function readField({ fieldname: name, value, valueTruncated }: Field, before: object): string {
  if (Object.hasOwn(before, name)) throw unfit('field_repeated', `The field ${name} was sent twice`, name)
  if (valueTruncated === true) {
    throw unfit('field_too_long', `The field ${name} is longer than ${FIELD_LIMIT_BYTES} bytes`, name)
  }
  if (typeof value !== 'string') throw unfit('input_invalid', `The field ${name} is not text`, name)
  return value
}

function unfit(code: string, message: string, where: string): HttpProblem {
  return new HttpProblem(refuse(code, `${message}.`, 'See /openapi.json.', { where }).problem)
}

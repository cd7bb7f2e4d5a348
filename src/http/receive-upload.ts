import type { FastifyRequest } from 'fastify'
import { refuse } from '../base/index.ts'
import { HttpProblem } from './http-problem.ts'

export interface Upload {
  /** The bytes of the file `image`. */
  readonly image: Uint8Array
  /** The text fields beside it. */
  readonly fields: Readonly<Record<string, string>>
}

/** Reads a multipart body with one file named `image`; the limits are those the server was made with. */
export async function receiveUpload(request: FastifyRequest): Promise<Upload> {
  const fields: Record<string, string> = {}
  let image: Uint8Array | null = null
  for await (const part of request.parts()) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value)
    else if (part.fieldname === 'image') image = await part.toBuffer()
    else await part.toBuffer()
  }
  if (image !== null) return { image, fields }
  const remedy = 'Send the photograph as the multipart field "image".'
  throw new HttpProblem(refuse('image_missing', 'No photograph was sent.', remedy, { where: 'image' }).problem)
}

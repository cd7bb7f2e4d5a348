import { refuse } from '../base/index.ts'

export const NOT_HELD = refuse(
  'not_found',
  'There is no such examination.',
  'Open the examination from your own queue.',
)

export const EXAMINATION_SIGNED = refuse(
  'examination_signed',
  'This examination is signed and can no longer be changed.',
  'A different view needs another examiner, or a new request.',
)

export const EXAMINATION_RELEASED = refuse(
  'examination_released',
  'This examination was released and can no longer be read or changed.',
  'Leave the request to another examiner.',
)

export const CANDIDATE_UNKNOWN = refuse(
  'candidate_unknown',
  'This examination has no such candidate.',
  'Choose a candidate from the list of this examination.',
)

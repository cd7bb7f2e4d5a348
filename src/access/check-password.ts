import { done, type Outcome, refuse } from '../base/index.ts'
import { PASSWORD_LENGTH } from './password.ts'

/** Whether a password may be chosen; never says it back. `where` names its field. */
export function checkPassword(username: string, password: string, where: string): Outcome<null, 'password_weak'> {
  const length = [...password].length
  if (length < PASSWORD_LENGTH.least || length > PASSWORD_LENGTH.most) {
    const remedy = `Use ${PASSWORD_LENGTH.least} to ${PASSWORD_LENGTH.most} characters; any characters will do.`
    return refuse('password_weak', `The password has ${length} characters.`, remedy, { where })
  }
  if (password.toLowerCase().includes(username)) {
    return refuse('password_weak', 'The password contains the username.', 'Choose one that does not.', { where })
  }
  return done(null)
}

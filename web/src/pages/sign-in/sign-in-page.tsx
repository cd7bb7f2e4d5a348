import { Wordmark } from '../../shell/wordmark.tsx'
import { SignInForm } from './sign-in-form.tsx'

const CREED = [
  ['Policy first', 'No face is compared before the rules of the agency have permitted it.'],
  ['Two people', 'Two examiners judge every candidate, each without knowing what the other found.'],
  ['A lead, never more', 'What comes out may not by itself be probable cause for an arrest.'],
  ['A log outsiders can verify', 'Every act is written before it takes effect.'],
] as const

export function SignInPage() {
  return (
    <div className="sign-in">
      <title>Sign in · Countenance</title>
      <header className="sign-in__side">
        <span className="wordmark">
          <Wordmark />
        </span>
        <ul className="sign-in__creed">
          {CREED.map(([title, text]) => (
            <li key={title}>
              <strong>{title}</strong>
              <span>{text}</span>
            </li>
          ))}
        </ul>
      </header>
      <main className="sign-in__form" id="main">
        <SignInForm />
      </main>
    </div>
  )
}

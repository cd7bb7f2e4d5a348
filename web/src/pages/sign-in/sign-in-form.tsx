import { useMutation } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { type Credentials, signIn } from '../../api/session.ts'
import { CheckField } from '../../components/choice-field.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { TextField } from '../../components/text-field.tsx'
import { readNext } from '../../session/next-address.ts'
import { UseNotice } from './use-notice.tsx'

const EMPTY: Credentials = { username: '', password: '', acknowledged: false }

export function SignInForm() {
  const router = useRouter()
  // Checked here, where it is followed: the router keeps what a route's own check leaves out.
  const { next } = readNext(useSearch({ from: '/sign-in' }))
  const [form, setForm] = useState(EMPTY)
  const [tried, setTried] = useState(false)
  const enter = useMutation({
    mutationFn: signIn,
    onSuccess: () => router.navigate({ to: next ?? '/' }),
  })
  const change = (part: Partial<Credentials>) => setForm((before) => ({ ...before, ...part }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (form.username && form.password && form.acknowledged) enter.mutate(form)
  }
  const missing = (absent: boolean, sentence: string) => (tried && absent ? sentence : undefined)
  return (
    <form onSubmit={submit} noValidate>
      <h1>Sign in</h1>
      <UseNotice />
      {enter.isError ? <ProblemNotice thrown={enter.error} /> : null}
      <TextField
        id="username"
        label="User name"
        autoComplete="username"
        trouble={missing(!form.username, 'Enter your user name.')}
        value={form.username}
        onChange={(username) => change({ username })}
      />
      <TextField
        id="password"
        label="Password"
        type="password"
        autoComplete="current-password"
        trouble={missing(!form.password, 'Enter your password.')}
        value={form.password}
        onChange={(password) => change({ password })}
      />
      <CheckField
        id="acknowledged"
        label="I have read the notice above and accept it"
        trouble={missing(!form.acknowledged, 'The notice must be accepted before signing in.')}
        checked={form.acknowledged}
        onChange={(acknowledged) => change({ acknowledged })}
      />
      <button className="button button--primary" type="submit" disabled={enter.isPending}>
        {enter.isPending ? 'Signing in' : 'Sign in'}
      </button>
    </form>
  )
}

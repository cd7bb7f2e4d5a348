import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { enrolBooking } from '../../api/gallery.ts'
import type { Gallery } from '../../api/types.ts'
import { ErrorSummary, type FieldTrouble } from '../../components/error-summary.tsx'
import { Field } from '../../components/field.tsx'
import { Notice } from '../../components/notice.tsx'
import { ProblemNotice } from '../../components/problem-notice.tsx'
import { EnrolFields } from './enrol-fields.tsx'
import { emptyEnrolment, enrolmentTroubles, toFields } from './enrolment.ts'

export function EnrolForm({ sources }: { readonly sources: Gallery['sources'] }) {
  const [open, setOpen] = useState(false)
  if (open) return <OpenEnrolForm sources={sources} />
  return (
    <div>
      <button className="button" type="button" disabled={sources.length === 0} onClick={() => setOpen(true)}>
        Enrol a photograph
      </button>
    </div>
  )
}

function OpenEnrolForm({ sources }: { readonly sources: Gallery['sources'] }) {
  const { form, setForm, round, setImage, troubles, submit, enrol } = useEnrolment(sources)
  const trouble = (field: string) => troubles.find((one) => one.field === field)?.sentence
  return (
    <form className="stack stack--wide" onSubmit={submit} noValidate>
      <ErrorSummary troubles={troubles} />
      <Field id="enrolImage" label="Photograph" hint={IMAGE_HINT} trouble={trouble('enrolImage')}>
        {(control) => (
          <input
            {...control}
            key={round}
            className="input"
            type="file"
            accept="image/jpeg,image/png"
            onChange={(event) => setImage(event.target.files?.[0] ?? null)}
          />
        )}
      </Field>
      <EnrolFields form={form} sources={sources} trouble={trouble} change={setForm} />
      {enrol.isError ? <ProblemNotice thrown={enrol.error} /> : null}
      {enrol.isSuccess ? <Notice tone="go" live title={DONE[enrol.data.state]} /> : null}
      <div>
        <button className="button button--primary" type="submit" disabled={enrol.isPending}>
          {enrol.isPending ? 'Making the template' : 'Enrol'}
        </button>
      </div>
    </form>
  )
}

const IMAGE_HINT = 'JPEG or PNG with one face, at most 25 MB.'

const DONE = {
  enrolled: 'Enrolled. It is searched from now on.',
  already_enrolled: 'This photograph was enrolled before.',
} as const

function useEnrolment(sources: Gallery['sources']) {
  const client = useQueryClient()
  const only = sources.length === 1 ? sources[0]?.id : undefined
  const [form, setForm] = useState(() => emptyEnrolment(only))
  const [round, setRound] = useState(0)
  const [image, setImage] = useState<File | null>(null)
  const [troubles, setTroubles] = useState<readonly FieldTrouble[]>([])
  const enrol = useMutation({
    mutationFn: (file: File) => enrolBooking(file, toFields(form), () => undefined),
    onSuccess: () => {
      setForm(emptyEnrolment(only))
      setImage(null)
      setRound((before) => before + 1)
      return client.invalidateQueries({ queryKey: ['gallery'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = enrolmentTroubles(form, image !== null, new Date().toISOString().slice(0, 10))
    setTroubles(found)
    if (found.length === 0 && image !== null) enrol.mutate(image)
  }
  return { form, setForm, round, setImage, troubles, submit, enrol }
}

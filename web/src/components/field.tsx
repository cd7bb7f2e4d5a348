import type { ReactNode } from 'react'

export interface FieldProps {
  readonly id: string
  readonly label: string
  readonly hint?: ReactNode
  readonly trouble?: string | undefined
}

interface FrameProps extends FieldProps {
  readonly children: (control: Described) => ReactNode
}

export interface Described {
  readonly id: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
}

/** Label, hint and trouble around one control, tied together for assistive technology. */
export function Field({ id, label, hint, trouble, children }: FrameProps) {
  return (
    <div className={trouble === undefined ? 'field' : 'field field--trouble'}>
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      <FieldNotes id={id} hint={hint} trouble={trouble} />
      {children(describe(id, hint, trouble))}
    </div>
  )
}

export function FieldNotes({ id, hint, trouble }: Omit<FieldProps, 'label'>) {
  return (
    <>
      {hint === undefined ? null : (
        <p className="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {trouble === undefined ? null : (
        <p className="field__trouble" id={`${id}-trouble`}>
          <span className="for-readers-only">Error:</span> {trouble}
        </p>
      )}
    </>
  )
}

export function describe(id: string, hint: ReactNode, trouble: string | undefined): Described {
  const parts = [hint === undefined ? '' : `${id}-hint`, trouble === undefined ? '' : `${id}-trouble`].filter(Boolean)
  return {
    id,
    ...(parts.length > 0 ? { 'aria-describedby': parts.join(' ') } : {}),
    ...(trouble === undefined ? {} : { 'aria-invalid': true as const }),
  }
}

import { Field, type FieldProps } from './field.tsx'

interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'password' | 'date' | 'number'
  readonly autoComplete?: string
  readonly short?: boolean
  readonly maxLength?: number
}

export function TextField({
  value,
  onChange,
  type = 'text',
  autoComplete = 'off',
  short = false,
  maxLength,
  ...field
}: TextFieldProps) {
  const limit = maxLength === undefined ? {} : { maxLength }
  return (
    <Field {...field}>
      {(control) => (
        <input
          {...control}
          {...limit}
          className={short ? 'input input--short' : 'input'}
          type={type}
          autoComplete={autoComplete}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

interface TextAreaProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows?: number
}

export function TextArea({ value, onChange, rows = 4, ...field }: TextAreaProps) {
  return (
    <Field {...field}>
      {(control) => (
        <textarea
          {...control}
          className="input"
          rows={rows}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

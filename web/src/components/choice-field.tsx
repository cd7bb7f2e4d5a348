import type { Choice } from '../api/types.ts'
import { describe, Field, FieldNotes, type FieldProps } from './field.tsx'

interface ChoiceFieldProps extends FieldProps {
  readonly choices: readonly Choice[]
  readonly value: string
  readonly onChange: (code: string) => void
}

/** Few choices: radios, all visible. */
export function RadioField({ id, label, hint, trouble, choices, value, onChange }: ChoiceFieldProps) {
  const { 'aria-describedby': describedBy } = describe(id, hint, trouble)
  return (
    <fieldset
      className={trouble === undefined ? 'field' : 'field field--trouble'}
      {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
    >
      <legend className="field__label">{label}</legend>
      <FieldNotes id={id} hint={hint} trouble={trouble} />
      <div className="choices">
        {choices.map((choice, index) => (
          <label className="choice" key={choice.code}>
            <input
              id={index === 0 ? id : `${id}-${choice.code}`}
              type="radio"
              name={id}
              value={choice.code}
              checked={value === choice.code}
              onChange={() => onChange(choice.code)}
            />
            <span className="choice__text">{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** More than six choices: a native select. */
export function SelectField({ choices, value, onChange, ...field }: ChoiceFieldProps) {
  return (
    <Field {...field}>
      {(control) => (
        <select {...control} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">Choose one</option>
          {choices.map((choice) => (
            <option key={choice.code} value={choice.code}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

interface CheckFieldProps {
  readonly id: string
  readonly label: string
  readonly trouble?: string | undefined
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

export function CheckField({ id, label, trouble, checked, onChange }: CheckFieldProps) {
  return (
    <div className={trouble === undefined ? 'field' : 'field field--trouble'}>
      <FieldNotes id={id} trouble={trouble} />
      <label className="choice">
        <input
          {...describe(id, undefined, trouble)}
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span className="choice__text">{label}</span>
      </label>
    </div>
  )
}

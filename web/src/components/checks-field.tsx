import type { Choice } from '../api/types.ts'
import { describe, FieldNotes, type FieldProps } from './field.tsx'

interface ChecksFieldProps extends Omit<FieldProps, 'trouble'> {
  readonly choices: readonly Choice[]
  readonly chosen: readonly string[]
  readonly onToggle: (code: string) => void
}

/** Few choices of which any number may hold: check boxes, all visible. */
export function ChecksField({ id, label, hint, choices, chosen, onToggle }: ChecksFieldProps) {
  const { 'aria-describedby': describedBy } = describe(id, hint, undefined)
  return (
    <fieldset className="field" {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}>
      <legend className="field__label">{label}</legend>
      <FieldNotes id={id} hint={hint} trouble={undefined} />
      <div className="choices">
        {choices.map((choice) => (
          <label className="choice" key={choice.code}>
            <input
              id={`${id}-${choice.code}`}
              type="checkbox"
              checked={chosen.includes(choice.code)}
              onChange={() => onToggle(choice.code)}
            />
            <span className="choice__text">{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

import { useEffect, useRef } from 'react'
import type { Choice } from '../api/types.ts'
import { Field, type FieldProps } from './field.tsx'
import { counted } from './moment.tsx'
import { type SearchChoiceState, useSearchChoice } from './use-search-choice.ts'

interface SearchChoiceProps extends FieldProps {
  readonly choices: readonly Choice[]
  readonly value: string
  readonly onChange: (code: string) => void
}

/** Many choices: type part of the word, or open the whole list. */
export function SearchChoice({ choices, value, onChange, ...field }: SearchChoiceProps) {
  const state = useSearchChoice(choices, value, onChange)
  const { text, open, active, offered } = state
  const listId = `${field.id}-list`
  return (
    <Field {...field}>
      {(control) => (
        <div className="combo__line">
          <input
            {...control}
            className="input"
            type="text"
            role="combobox"
            autoComplete="off"
            aria-autocomplete="list"
            aria-expanded={open}
            aria-controls={listId}
            {...(active < 0 ? {} : { 'aria-activedescendant': `${listId}-${active}` })}
            value={text}
            onChange={(event) => state.type(event.target.value)}
            onClick={() => (open ? undefined : state.toggle())}
            onKeyDown={state.press}
            onBlur={state.leave}
          />
          <button
            className="button"
            type="button"
            tabIndex={-1}
            aria-label={`Show the list for ${field.label.toLowerCase()}`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={state.toggle}
          >
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
              <path d="M2 4l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="2" />
            </svg>
          </button>
          <Offered id={listId} label={field.label} state={state} chosen={value} />
          <span className="for-readers-only" role="status">
            {open ? counted(offered.length, 'entry in the list', 'entries in the list') : ''}
          </span>
        </div>
      )}
    </Field>
  )
}

interface OfferedProps {
  readonly id: string
  readonly label: string
  readonly state: SearchChoiceState
  readonly chosen: string
}

function Offered({ id, label, state, chosen }: OfferedProps) {
  const { open, active, offered } = state
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active >= 0) list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div
      className="combo__list"
      id={id}
      role="listbox"
      aria-label={label}
      hidden={!open || offered.length === 0}
      ref={list}
    >
      {offered.map((choice, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the focus stays in the text field, which takes the keys
        // biome-ignore lint/a11y/useFocusableInteractive: pointed at by aria-activedescendant instead
        <div
          className="combo__item"
          key={choice.code}
          id={`${id}-${index}`}
          role="option"
          aria-selected={choice.code === chosen}
          data-active={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => state.choose(choice)}
        >
          {choice.label}
        </div>
      ))}
    </div>
  )
}

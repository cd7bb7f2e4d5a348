import { type KeyboardEvent, useState } from 'react'
import type { Choice } from '../api/types.ts'
import { exactChoice, filterChoices } from './filter-choices.ts'

export interface SearchChoiceState {
  readonly text: string
  readonly open: boolean
  /** Index into `offered`; -1 while none is pointed at. */
  readonly active: number
  readonly offered: readonly Choice[]
  readonly type: (text: string) => void
  readonly toggle: () => void
  readonly choose: (choice: Choice) => void
  readonly leave: () => void
  readonly press: (event: KeyboardEvent) => void
}

/** Editable combobox with a list (WAI-ARIA Authoring Practices): typing narrows, arrows point, Enter chooses, Escape takes back. */
export function useSearchChoice(
  choices: readonly Choice[],
  value: string,
  onChange: (code: string) => void,
): SearchChoiceState {
  const chosen = choices.find((choice) => choice.code === value)
  const [typed, setTyped] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const offered = filterChoices(choices, typed ?? '')
  const rest = () => {
    setTyped(null)
    setOpen(false)
    setActive(-1)
  }
  const choose = (choice: Choice) => {
    onChange(choice.code)
    rest()
  }
  const point = (index: number) => {
    setOpen(true)
    setActive(Math.max(0, Math.min(offered.length - 1, index)))
  }
  const leave = () => {
    if (typed !== null) onChange(typed.trim() === '' ? '' : (exactChoice(choices, typed)?.code ?? value))
    rest()
  }
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => point(active + 1),
    ArrowUp: () => point(active < 0 ? offered.length - 1 : active - 1),
    Escape: rest,
    Enter: () => {
      const choice = offered[active]
      if (choice !== undefined) choose(choice)
    },
  }
  return {
    ...{ text: typed ?? chosen?.label ?? '', open, active, offered, choose, leave },
    type: (text) => {
      setTyped(text)
      setOpen(true)
      setActive(-1)
    },
    toggle: () => setOpen(!open),
    press: (event) => {
      const act = keys[event.key]
      if (act === undefined || (event.key === 'Enter' && !open)) return
      event.preventDefault()
      act()
    },
  }
}

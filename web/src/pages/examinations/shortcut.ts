/** What a single key does while examining. */
export type Shortcut = { readonly do: 'verdict'; readonly code: string } | { readonly do: 'move'; readonly by: 1 | -1 }

interface Pressed {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** A verdict by its place (1, 2, 3) or its own letter. Never takes a key from a text being typed or from a chord of the browser. */
export function shortcutFor(
  pressed: Pressed,
  typing: boolean,
  verdicts: readonly { code: string; key: string }[],
): Shortcut | null {
  if (typing || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null
  const verdict = verdicts.find(({ key }, place) => key === pressed.key || String(place + 1) === pressed.key)
  if (verdict !== undefined) return { do: 'verdict', code: verdict.code }
  if (pressed.key === 'j') return { do: 'move', by: 1 }
  if (pressed.key === 'k') return { do: 'move', by: -1 }
  return null
}

/** True while the focus is where characters are entered. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input:not([type=radio]):not([type=checkbox]), textarea, select, [role=alertdialog]') !== null
  )
}

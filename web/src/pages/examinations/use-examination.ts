import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { examinationQuery, type Judged, recordVerdict } from '../../api/examinations.ts'
import type { ExaminationView, VerdictChoice, VerdictCode } from '../../api/types.ts'
import { type Judgement, judgementOf, withJudgement } from './judgement.ts'
import { isTyping, shortcutFor } from './shortcut.ts'

/** Verdicts and signature of one examination reach the service one after the other, in the order they were given. */
export function inOrder(examination: string): { readonly id: string } {
  return { id: `examination-${examination}` }
}

/** Gives a verdict at once on the page; takes it back, and reads the view again, if the service did not keep it. */
export function useVerdict(view: ExaminationView) {
  const client = useQueryClient()
  const key = examinationQuery(view.id).queryKey
  const put = (judged: Judgement, over?: Judgement) =>
    client.setQueryData(key, (now) => (now === undefined ? now : withJudgement(now, judged, over)))
  return useMutation({
    scope: inOrder(view.id),
    mutationFn: (judged: Judged) => recordVerdict(view.id, judged),
    onMutate: (judged: Judged) => {
      const before = client.getQueryData(key)?.candidates.find((one) => one.id === judged.candidate)
      put(judgementOf(judged))
      return before
    },
    onError: (_error, judged, before) => {
      if (before !== undefined) put({ ...before, candidate: before.id }, judgementOf(judged))
      return client.invalidateQueries({ queryKey: key })
    },
  })
}

/** Which candidate is looked at; never leaves the list. */
export function useCurrent(count: number) {
  const [current, setCurrent] = useState(0)
  const go = useCallback((index: number) => setCurrent(Math.max(0, Math.min(count - 1, index))), [count])
  return { current, go }
}

interface ShortcutDeps {
  readonly on: boolean
  readonly verdicts: readonly VerdictChoice[]
  readonly onVerdict: (code: VerdictCode) => void
  readonly onMove: (by: 1 | -1) => void
}

export function useShortcuts({ on, verdicts, onVerdict, onMove }: ShortcutDeps): void {
  useEffect(() => {
    if (!on) return
    const press = (event: KeyboardEvent) => {
      const shortcut = shortcutFor(event, isTyping(event.target), verdicts)
      if (shortcut === null) return
      event.preventDefault()
      if (shortcut.do === 'verdict') onVerdict(shortcut.code as VerdictCode)
      else onMove(shortcut.by)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [on, verdicts, onVerdict, onMove])
}

const KEPT = 'countenance.shortcuts'

/** Single-key shortcuts can be switched off (WCAG 2.1.4); the choice stays with the browser. */
export function useShortcutSwitch(): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => localStorage.getItem(KEPT) !== 'off')
  const keep = (next: boolean) => {
    localStorage.setItem(KEPT, next ? 'on' : 'off')
    setOn(next)
  }
  return [on, keep]
}
